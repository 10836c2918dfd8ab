// The only Trusted Types policy, of the page and of the engine's worker; imported before everything else. Markup in strings is refused (Mantine's style
// element is plain CSS and passes), and the only scripts that may be loaded by URL are our own workers.

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: Record<'createHTML' | 'createScript' | 'createScriptURL', (input: string) => string>,
  ): unknown;
}

const ourWorker = /^\/(assets|src)\/[\w./-]*worker[\w.-]*$/;

function refuse(what: string): never {
  throw new TypeError(`Refused by the page’s policy: ${what}`);
}

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
trustedTypes?.createPolicy('default', {
  createHTML: (input) => (/[<&]/.test(input) ? refuse('markup in a string') : input),
  createScript: () => refuse('code in a string'),
  createScriptURL: (input) => {
    const url = new URL(input, location.href);
    const known = url.origin === location.origin && ourWorker.test(url.pathname);
    return known ? input : refuse(`script ${url.href}`);
  },
});
