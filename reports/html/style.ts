const light = `
  --paper: #fcfcfa; --raised: #fff; --ink: #1c2126; --muted: #5c6670; --rule: #e2e4e3; --grid: #ebedec;
  --first: #2563a8; --second: #c2701c; --third: #7b4aa8; --fourth: #2f8585; --faint: #a9b3ba;
  --good: #1c7c4d; --warn: #a36a00; --bad: #bf2f2a; --band: #d9822b; --band-ink: #a4591a; --band-opacity: .13;
  --good-wash: #e6f3ec; --warn-wash: #fbf1dc; --bad-wash: #fbe9e7;
`;

const dark = `
  --paper: #14171a; --raised: #1b1f23; --ink: #e3e6e8; --muted: #98a2ab; --rule: #2d3338; --grid: #262b30;
  --first: #6ea8e8; --second: #e59b52; --third: #b68be0; --fourth: #5fbdbd; --faint: #66717a;
  --good: #58c08a; --warn: #dba63f; --bad: #f0837c; --band: #e59b52; --band-ink: #f0b37c; --band-opacity: .17;
  --good-wash: #1a2f25; --warn-wash: #322a17; --bad-wash: #381f1e;
`;

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif; }
main { max-width: 1024px; margin: 0 auto; padding: 48px 32px 96px; }
h1, h2, h3, p, dl, dd, ol, ul, figure, pre { margin: 0; padding: 0; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 650; margin-bottom: 8px; }
section { margin-top: 40px; padding-top: 24px; border-top: 1px solid var(--rule); }
section > p { max-width: 72ch; margin-bottom: 16px; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .87em; }
pre { padding: 12px 16px; margin-bottom: 24px; background: var(--raised); border: 1px solid var(--rule);
  border-radius: 6px; white-space: pre; overflow-x: auto; }
a { color: var(--first); text-underline-offset: 2px; }
.scroll { overflow-x: auto; }
`;

const header = `
.kicker { color: var(--muted); font-size: 13px; margin-bottom: 6px; overflow-wrap: anywhere; }
.lead { font-size: 17px; color: var(--muted); max-width: 64ch; margin-top: 8px; overflow-wrap: anywhere; }
.note { max-width: 72ch; margin-top: 14px; padding: 8px 14px; border-left: 3px solid var(--warn); background: var(--warn-wash); }
.badge { display: inline-block; margin-left: 14px; padding: 3px 12px; border-radius: 99px; vertical-align: 4px;
  font-size: 15px; font-weight: 600; letter-spacing: 0; white-space: nowrap; }
td .badge { margin: 0; padding: 1px 9px; font-size: 13px; vertical-align: 0; }
.badge.pass { color: var(--good); background: var(--good-wash); }
.badge.fail { color: var(--bad); background: var(--bad-wash); }
.badge.unknown { color: var(--warn); background: var(--warn-wash); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 20px 24px; margin-top: 28px; }
.figures dt { font-size: 13px; color: var(--muted); }
.figures .value { display: block; font-size: 24px; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures small { font-size: 13px; color: var(--muted); }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 28px; font-size: 14px; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
`;

const tables = `
table { border-collapse: collapse; margin-bottom: 24px; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 6px; }
th { text-align: left; font-weight: 500; color: var(--muted); white-space: nowrap; border-bottom: 1px solid var(--rule); }
th, td { padding: 5px 24px 5px 0; vertical-align: top; }
td { border-bottom: 1px solid var(--grid); white-space: nowrap; min-width: 3.5em; }
td small { display: block; color: var(--muted); white-space: normal; max-width: 48ch; }
td.long { white-space: normal; overflow-wrap: anywhere; min-width: 24ch; max-width: 64ch; }
tr > :last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
`;

const verdicts = `
.verdicts { list-style: none; border-top: 1px solid var(--rule); }
.verdicts > li { display: grid; grid-template-columns: 28px 1fr auto; gap: 0 12px; padding: 14px 0;
  border-bottom: 1px solid var(--rule); }
.symbol { width: 24px; height: 24px; border-radius: 50%; text-align: center; line-height: 24px; font-size: 13px; font-weight: 700; }
.pass > .symbol { color: var(--good); background: var(--good-wash); }
.fail > .symbol { color: var(--bad); background: var(--bad-wash); }
.unknown > .symbol { color: var(--warn); background: var(--warn-wash); }
.verdicts h3 { font-size: 15px; font-weight: 600; line-height: 24px; overflow-wrap: anywhere; }
.word { margin-left: 10px; font-size: 13px; font-weight: 600; }
.pass .word { display: none; }
.fail .word { color: var(--bad); }
.unknown .word { color: var(--warn); }
.finding { min-width: 0; }
.finding > p { color: var(--muted); overflow-wrap: anywhere; }
.examined { color: var(--muted); font-size: 13px; line-height: 24px; white-space: nowrap; font-variant-numeric: tabular-nums; }
.contradictions, .remarks { list-style: none; margin-top: 8px; padding-left: 14px; border-left: 3px solid var(--bad); }
.remarks { border-color: var(--warn); }
.contradictions li, .remarks li { padding: 3px 0; font-size: 14px; overflow-wrap: anywhere; }
.contradictions code, .remarks code { margin-right: 10px; }
.contradictions time, .remarks time { margin-right: 10px; color: var(--muted); font-variant-numeric: tabular-nums; }
.more { padding-left: 17px; font-size: 14px; }
.measurements { display: flex; flex-wrap: wrap; gap: 2px 20px; margin-top: 6px; font-size: 13px; }
.measurements div { display: flex; gap: 6px; }
.measurements dt { color: var(--muted); }
.measurements dd { font-variant-numeric: tabular-nums; }
`;

const toneRules = ["first", "second", "third", "fourth", "good", "warn", "bad", "faint"]
  .map(
    (tone) =>
      `.${tone}.line, .${tone}.dots { stroke: var(--${tone}); } .${tone}.steps, .${tone}.span { fill: var(--${tone}); } .${tone}.key { background: var(--${tone}); }`,
  )
  .join("\n");

const figures = `
figure { margin: 8px 0 28px; }
figcaption { display: flex; flex-wrap: wrap; gap: 2px 24px; align-items: baseline; margin-bottom: 4px; }
figcaption .title { font-size: 14px; font-weight: 600; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13px; color: var(--muted); }
.key { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 7px; vertical-align: 4px; }
.key.dots { width: 6px; height: 6px; border-radius: 50%; vertical-align: 2px; }
.key.steps, .key.lane { height: 10px; vertical-align: -1px; }
.key.steps { opacity: .45; }
.legend output { display: inline-block; margin-left: 6px; color: var(--ink); font-variant-numeric: tabular-nums; }
.plot { display: block; width: 100%; min-width: 680px; height: auto; }
.plot text { font-size: 11px; fill: var(--muted); font-variant-numeric: tabular-nums; }
.plot .lane { fill: var(--ink); }
.grid { stroke: var(--grid); fill: none; }
.base, .tick { stroke: var(--faint); fill: none; }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; }
.dots { fill: none; stroke-width: 4.5; stroke-linecap: round; opacity: .8; }
.steps { opacity: .35; }
.span, .key.lane { opacity: .75; }
.bound { stroke: var(--bad); stroke-width: 1.25; stroke-dasharray: 5 4; fill: none; }
.plot .bound-label { fill: var(--bad); }
.band rect { fill: var(--band); opacity: var(--band-opacity); }
.band path { stroke: var(--band); fill: none; opacity: .55; }
.plot .band text { fill: var(--band-ink); font-weight: 600; }
.cursor { stroke: var(--ink); stroke-width: 1; opacity: .45; pointer-events: none; }
details { margin-top: 4px; font-size: 13px; }
summary { color: var(--muted); cursor: pointer; }
details .scroll { max-height: 360px; overflow: auto; margin-top: 8px; }
`;

const media = `
@media (max-width: 640px) {
  main { padding: 28px 18px 64px; }
  h1 { font-size: 24px; }
  .badge { margin-left: 10px; font-size: 13px; }
  .verdicts > li { grid-template-columns: 28px 1fr; }
  .examined { grid-column: 2; }
  section { margin-top: 36px; }
}
@media print {
  :root { color-scheme: light; ${light} }
  body { font-size: 10.5pt; background: #fff; }
  main { max-width: none; padding: 0; }
  nav, details { display: none; }
  pre { white-space: pre-wrap; }
  figure, .verdicts > li, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  .badge, .symbol, .band rect, .key, .plot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The page's whole style: a text column, quiet rules, and one palette each for light and dark. */
export const style = `:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
${page}${header}${tables}${verdicts}${toneRules}${figures}${media}`;
