"""The sheet of the page: one column on a phone, the tables beside the text where there is room, light or dark as the reader has it."""

STYLE = """
:root{color-scheme:light dark;--page:#fcfcfb;--ink:#1d1f23;--faint:#666b73;--rule:#dcdee2;--card:#fff;--label:#17191c;--bad:#b3261e;
--sale:#ffb74d;--purchase:#81c995;--transfer:#c8a2e8;--production:#7fc4f5;--holdings:#d9cf5b;--claim:#f5a3b5;--note:#b9c0ca}
@media(prefers-color-scheme:dark){:root{--page:#16181b;--ink:#e4e5e7;--faint:#9aa0a8;--rule:#34383e;--card:#1d2024;--bad:#ff8a80;
--sale:#f0a63a;--purchase:#6fbf84;--transfer:#b78fdc;--production:#67b1e6;--holdings:#cdc24c;--claim:#e88ea3;--note:#98a1ad}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:78rem;padding:1rem;background:var(--page);color:var(--ink);overflow-wrap:anywhere;
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:1.25rem;margin:.25rem 0 .5rem}
.title{font-size:1.1rem;font-weight:700;margin:0 0 .75rem}
p{margin:0 0 .75rem}
.key span,caption span{display:inline-block;padding:0 .45em;margin:0 .35em .25em 0;border-radius:3px;color:var(--label);font-size:.8rem;
font-weight:600}
article{margin:1rem 0;padding:1rem;background:var(--card);border:1px solid var(--rule);border-radius:8px}
article>header{margin-bottom:.75rem;color:var(--faint);font-size:.8rem}
.error p{color:var(--bad);margin:0}
.spans{display:inline;line-height:inherit!important}
.line{margin:0 0 .5rem}
.marked{display:inline-grid;max-width:100%;vertical-align:baseline}
.marked>*{grid-area:1/1}
.marked u{text-decoration:none;white-space:break-spaces}
.marked i{height:3px;align-self:start}
.marked b{align-self:start;justify-self:start;z-index:1;padding:0 3px;border-radius:2px;color:var(--label);white-space:nowrap;
font:600 10px/13px system-ui,sans-serif}
aside{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--rule)}
table{width:100%;border-collapse:collapse;margin:0 0 1rem;font-size:.85rem;line-height:1.4;table-layout:fixed}
caption{text-align:left}
th,td{padding:.2rem .4rem .2rem 0;border-top:1px solid var(--rule);text-align:left;vertical-align:top}
th{width:6.2em;color:var(--faint);font-weight:400}
q{color:var(--faint)}
td.contradicts{color:var(--bad);font-weight:600}
.none,footer{color:var(--faint);font-size:.85rem}
@media(min-width:60rem){article{display:grid;grid-template-columns:minmax(0,1fr) 25rem;column-gap:2rem}
article>header,article.error>*{grid-column:1/-1}aside{margin:0;padding:0 0 0 1.5rem;border-top:0;border-left:1px solid var(--rule)}}
""".strip().replace("\n", "")
