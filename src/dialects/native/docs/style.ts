/** The one style of all pages. Colours follow the reader's system. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --back: #fff; --panel: #f3f5f7; --line: #d5dae0;
  --link: #0a58a8; --get: #0a58a8; --post: #1a6b33; --put: #8a4b00; --patch: #6b3fa0; --delete: #a8201a }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ec; --soft: #a3adb8; --back: #14181d; --panel: #1e242b; --line: #37404a;
  --link: #7db8f5; --get: #7db8f5; --post: #7fd39a; --put: #f0b46a; --patch: #c9a6f2; --delete: #ff9a94 } }
* { box-sizing: border-box }
body { margin: 0; color: var(--text); background: var(--back); font: 1rem/1.55 system-ui, sans-serif; display: grid;
  grid-template: auto 1fr / minmax(14rem, 20rem) minmax(0, 1fr) }
header { grid-column: 1 / -1; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); font-weight: 600 }
nav { padding: 1rem 1.5rem; border-right: 1px solid var(--line); font-size: .875rem; max-height: 100vh; overflow: auto;
  position: sticky; top: 0 }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0 }
nav h2 { font-size: .875rem; margin: .75rem 0 .25rem; color: var(--soft) }
main { padding: 1rem 2rem 4rem; max-width: 64rem; grid-column: 2 }
body > header + main { grid-column: 1 / -1; margin: 0 auto; width: 100% }
h1 { font-size: 1.75rem; line-height: 1.2 }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line) }
h3 { margin: 2.5rem 0 .25rem; font-size: 1.125rem }
h4 { margin: 1rem 0 .25rem; font-size: .9375rem }
a { color: var(--link) }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
code, pre { font-family: ui-monospace, monospace; font-size: .875em }
code { background: var(--panel); padding: .1em .3em; border-radius: .2em; overflow-wrap: anywhere }
pre { background: var(--panel); padding: 1rem; overflow: auto; border-radius: .4em }
pre code { padding: 0; background: none }
table { border-collapse: collapse; width: 100%; margin: .25rem 0 .75rem; font-size: .9375rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line) }
th { font-weight: 600; color: var(--soft) }
summary { cursor: pointer }
.path { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
.soft { color: var(--soft) }
.method { font-weight: 700; font-family: ui-monospace, monospace; font-size: .8125rem }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) } .patch { color: var(--patch) }
.delete { color: var(--delete) }
.skip { position: absolute; left: -100rem } .skip:focus { left: 1rem; top: .5rem; background: var(--back); padding: .5rem }
@media (max-width: 50rem) { body { display: block } nav { position: static; max-height: none; border: 0 } main { padding: 1rem } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
@media print { nav, .skip { display: none } body { display: block } }
`
