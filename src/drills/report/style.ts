/**
 * Style of the page and its pictures; light or dark according to the reader's system. Text has a contrast of 4.5 : 1.
 */
export const STYLE = `
:root{color-scheme:light dark;--text:#1c2329;--soft:#57616b;--page:#fff;
--box:#eef3f8;--edge:#6b7885;--line:#d5dbe1;
--good:#1b7038;--bad:#b00020;--bad-box:#fbe3e3;--warn:#8a5300;--warn-box:#fdf0d9}
@media (prefers-color-scheme:dark){:root{--text:#e6eaee;--soft:#a5b0ba;--page:#14191d;
--box:#222b33;--edge:#8b98a5;--line:#36414b;
--good:#6fd08c;--bad:#ff8f8f;--bad-box:#4a2226;--warn:#f0b35c;--warn-box:#453416}}
body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;
margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--page)}
a{color:inherit}h1{margin-bottom:0}h2{margin-bottom:.3rem}h3{margin:1.6rem 0 .4rem;font-size:1.05rem}
table{border-collapse:collapse;width:100%}

th,td{overflow-wrap:break-word;text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);
vertical-align:top}
th{color:var(--soft);font-weight:600;white-space:nowrap}
.runs td,.verdict td:nth-child(n+2),.versions td{white-space:nowrap}.wide{overflow-x:auto}
.soft{color:var(--soft)}
.pass{color:var(--good);font-weight:600}.fail{color:var(--bad);font-weight:600}
.sum{font-size:1.2rem}
.wrong{border-left:4px solid var(--bad);background:var(--bad-box);padding:.4rem .8rem;margin:.6rem 0}
.wrong ul{margin:.2rem 0;padding-left:1.2rem}
section{margin-top:3rem;border-top:2px solid var(--edge)}
.course td:nth-child(-n+3){white-space:nowrap}.course tr.abort td{color:var(--bad)}
.course tr.expectation td:nth-child(3){color:var(--good)}
details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}
pre{margin:0;width:max-content;min-width:100%;box-sizing:border-box;background:var(--box);padding:.6rem .8rem;
font:12.5px/1.45 ui-monospace,monospace}
figure{margin:.6rem 0}figcaption{color:var(--soft)}
svg{display:block;width:100%;min-width:34rem;height:auto;font:12px system-ui,sans-serif;fill:var(--text)}
svg .frame{fill:var(--box);stroke:var(--edge)}svg .wire{stroke:var(--edge);stroke-width:2;fill:none}
svg .grid{stroke:var(--line)}svg .soft{fill:var(--soft)}
svg .broken{stroke:var(--bad);stroke-dasharray:6 4}svg rect.broken{fill:var(--bad-box);stroke-dasharray:none}
svg .moved{stroke:var(--warn);stroke-dasharray:6 4}svg rect.moved{fill:var(--warn-box);stroke-dasharray:none}
svg text.broken{stroke:none;fill:var(--bad);font-weight:600}
svg text.moved{stroke:none;fill:var(--warn);font-weight:600}
svg .gap{fill:var(--bad);opacity:.3}svg .mark{stroke:var(--soft);stroke-dasharray:3 3}
svg .mark.abort{stroke:var(--bad)}svg .mark.expectation{stroke:var(--good)}
svg polyline{fill:none;stroke-width:2}
.n0{stroke:#1f77b4;--n:#1f77b4}
.n1{stroke:#d9730d;--n:#d9730d}.n2{stroke:#2a9d50;--n:#2a9d50}
.n3{stroke:#9467cf;--n:#9467cf}
.n4{stroke:#d0487c;--n:#d0487c}
.n5{stroke:#1aa0a8;--n:#1aa0a8}.n6{stroke:#9a7b1c;--n:#9a7b1c}
.n7{stroke:#7b8794;--n:#7b8794}
svg rect.key{fill:var(--n);stroke:none}
@media print{details{display:none}section{break-inside:auto}}`;
