// The page's icons: 16 × 16, drawn with the text colour, 1.5 px strokes. Always beside a word or inside a labelled button.

import type { ReactNode } from 'react';

const icon = (content: ReactNode) =>
  function Icon() {
    return (
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {content}
      </svg>
    );
  };

export const RunIcon = icon(<path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor" />);
export const PauseIcon = icon(<path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.5" />);
export const StepIcon = icon(
  <>
    <path d="M3.5 3.6v8.8L10 8z" fill="currentColor" />
    <path d="M12.5 3.5v9" strokeWidth="2" />
  </>,
);
export const FastForwardIcon = icon(
  <>
    <path d="M2 4v8l5-4zM7 4v8l5-4z" fill="currentColor" />
    <path d="M14 3.5v9" strokeWidth="2" />
  </>,
);
export const ResetIcon = icon(<path d="M3 3v3.5h3.5M3.3 6.3A5.2 5.2 0 1 1 3 9.5" />);
export const UndoIcon = icon(<path d="M6 3 2.8 6.2 6 9.4M3 6.2h6.2a3.6 3.6 0 0 1 0 7.2H6.5" />);
export const RedoIcon = icon(<path d="m10 3 3.2 3.2L10 9.4M13 6.2H6.8a3.6 3.6 0 0 0 0 7.2h2.7" />);
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
  </>,
);
export const MoonIcon = icon(<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z" />);
export const HelpIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M6.3 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1.1M8 11.3v.1" />
  </>,
);
export const ChevronIcon = icon(<path d="m6 4 4 4-4 4" />);
export const DownIcon = icon(<path d="m4.5 6.5 3.5 3.5 3.5-3.5" />);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4" />
    <path d="m10.2 10.2 3.3 3.3" />
  </>,
);
export const MinusIcon = icon(<path d="M3.5 8h9" />);
export const PlusIcon = icon(<path d="M3.5 8h9M8 3.5v9" />);
export const SaveIcon = icon(<path d="M8 2.5v7.4M4.8 6.9 8 10l3.2-3.1M3 13h10" />);
export const FreezeIcon = icon(<path d="M8 2v12M2.8 5l10.4 6M13.2 5 2.8 11" />);
export const LeftPanelIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1" />
    <path d="M6.2 3v10" />
  </>,
);
export const RightPanelIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1" />
    <path d="M9.8 3v10" />
  </>,
);
export const BottomPanelIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1" />
    <path d="M2 9.4h12" />
  </>,
);
/** Marks, one shape a level: colour never stands alone. */
export const CriticalMark = icon(<path d="M8 2 14.5 13.5h-13zM8 6.2v3.4M8 11.6v.1" />);
export const OutsideMark = icon(<path d="M8 1.8 14.2 8 8 14.2 1.8 8zM8 5v3.6M8 10.8v.1" />);
export const CautionMark = icon(<path d="M8 2.5 14 13H2zM8 6.5v3M8 11.2v.1" />);
export const InfoMark = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 7.4v3.6M8 5v.1" />
  </>,
);
export const FaultMark = icon(
  <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="2.4 2" />,
);
export const DropMark = icon(
  <path d="M8 1.8c2.6 3.4 4 5.4 4 7.4a4 4 0 0 1-8 0c0-2 1.4-4 4-7.4z" fill="currentColor" />,
);
