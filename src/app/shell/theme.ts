// Mantine on our tokens: its variables point at ours, so that both always agree, in either theme.

import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type VariantColorsResolver,
} from '@mantine/core';

/** Buttons in our colours: filled on the accent, quiet ones in the text colour. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const border = '1px solid transparent';
  if (input.variant === 'filled') {
    return { background: 'var(--accent)', hover: 'var(--accent)', color: 'var(--on-accent)', border };
  }
  if (input.variant === 'light') {
    return { background: 'var(--accent-ground)', hover: 'var(--accent-ground)', color: 'var(--text)', border };
  }
  if (input.variant === 'subtle') {
    return { background: 'transparent', hover: 'var(--raised)', color: 'var(--text)', border };
  }
  return defaultVariantColorsResolver(input);
};

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '12px', md: '13px', lg: '14px', xl: '14px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 4,
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '4px', xl: '4px' },
  variantColorResolver,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Tooltip: { defaultProps: { openDelay: 350, multiline: true, maw: 300, fz: 12, transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } },
    // The placeholder is a child that a menu may not have (axe, aria-required-children).
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'none', transitionProps: { duration: 0 } } },
    Modal: { defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } },
    // No scroll area of its own: it would be a scrolling region the keyboard cannot reach.
    Select: { defaultProps: { withScrollArea: false, transitionProps: { duration: 0 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28 } },
    Button: { defaultProps: { size: 'compact-sm' } },
  },
});

const OURS = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-muted)',
  '--mantine-color-placeholder': 'var(--text-muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--line)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--critical)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-ground)',
  '--mantine-primary-color-light-hover': 'var(--accent-ground)',
  '--mantine-primary-color-light-color': 'var(--text)',
  '--mantine-color-disabled': 'var(--raised)',
  '--mantine-color-disabled-color': 'var(--text-muted)',
  '--mantine-color-disabled-border': 'var(--line)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: OURS, dark: OURS });
