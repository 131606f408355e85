/** The style of a report's page: follows the system's light or dark scheme and is readable on paper and narrow screens. */
export const reportStyle = [
	':root{color-scheme:light dark;--line:light-dark(#d0d4dc,#3d444d);--soft:light-dark(#f5f6f8,#1b1f25);--fail:light-dark(#b42318,#ff8a80);--error:light-dark(#8a5a00,#f0b95a);--rate:light-dark(#0b5cad,#79b8ff)}',
	'body{font:15px/1.5 system-ui,sans-serif;margin:0;background:light-dark(#fff,#0f1216);color:light-dark(#1c2128,#e3e6ea)}',
	'main{max-width:70rem;margin:0 auto;padding:1.5rem}',
	'h1{font-size:1.5rem;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:.85rem;margin:.75rem 0 .25rem}',
	'.verdict{font-size:1.15rem;font-weight:600;margin:.5rem 0 0}.result{font-size:1.15rem;margin:0}.facts{margin:.25rem 0 1.5rem;opacity:.8}',
	'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}',
	'details{border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem;margin:.5rem 0;content-visibility:auto;contain-intrinsic-size:auto 12rem}',
	'summary{cursor:pointer;overflow-wrap:anywhere}.fail summary b{color:var(--fail)}.error summary b{color:var(--error)}',
	'ul{margin:.5rem 0;padding-left:1.25rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);padding:.5rem .75rem;border-radius:4px;margin:0;max-height:30rem;overflow:auto}',
	'.bar{display:block;width:100%;min-width:6rem;height:.5rem;margin-top:.25rem}.bar path{vector-effect:non-scaling-stroke;fill:none}.scale{stroke:var(--line);stroke-width:2}.interval{stroke:var(--rate);stroke-width:4}.rate{stroke:currentColor;stroke-width:2}',
].join('\n');
