import type { Mutant } from './mutant.ts';

const gates = 'ui/webviewGates';
const policy = 'src/host/kit/webviewPolicy.ts';

/** What keeps foreign words in a page from loading, running, styling or sending anything; and forged messages. */
export const webviewMutants: readonly Mutant[] = [
	{
		name: 'HTML is shown without DOMPurify',
		file: 'src/webview/shared/sanitise.ts',
		from: '\treturn DOMPurify.sanitize(html, {',
		to: "\tconst given = document.createElement('template');\n\tgiven.innerHTML = html;\n\tif (html !== '') {\n\t\treturn given.content;\n\t}\n\treturn DOMPurify.sanitize(html, {",
		tests: [gates],
	},
	{
		name: 'the sanitiser lets pictures through',
		file: 'src/webview/shared/sanitise.ts',
		from: "...['em', 'strong', 's',",
		to: "...['img', 'em', 'strong', 's',",
		tests: [gates],
	},
	{
		name: 'the sanitiser lets links through that leave the page',
		file: 'src/webview/shared/sanitise.ts',
		from: "const attributes = ['class',",
		to: "const attributes = ['href', 'class',",
		tests: [gates],
	},
	{
		name: 'the sanitiser lets an address of any scheme through',
		file: 'src/webview/shared/sanitise.ts',
		from: 'ALLOWED_URI_REGEXP: values,',
		to: 'ALLOWED_URI_REGEXP: /./,',
		tests: [gates],
	},
	{
		name: 'Markdown may hold HTML',
		file: 'src/common/markdown.ts',
		from: 'html: false,',
		to: 'html: true,',
		tests: ['unit/webview/markdownSplit'],
	},
	{
		name: 'Markdown makes pictures',
		file: 'src/webview/shared/markdownParser.ts',
		from: "return escapeHtml(visibleText(`![${token?.content ?? ''}](${String(token?.attrGet('src') ?? '')})`));",
		to: "return `<img src=\"${escapeHtml(String(token?.attrGet('src') ?? ''))}\">`;",
		tests: ['unit/webview/markdownSplit'],
	},
	{
		name: 'a link of any scheme is a link',
		file: 'src/webview/shared/markdownParser.ts',
		from: 'markdown.validateLink = (url) => linkable.test(url.trim());',
		to: 'markdown.validateLink = (url) => linkable.test(url.trim()) || true;',
		tests: ['unit/webview/markdownSplit'],
	},
	...[
		["default-src 'none'", 'default-src *'],
		["base-uri 'none'", 'base-uri *'],
		["form-action 'none'", 'form-action *'],
	].map(([from = '', to = '']) => ({
		name: `the policy of a page says ${to}`,
		file: policy,
		from: `\`${from}\``,
		to: `\`${to}\``,
		tests: [gates],
	})),
	{
		name: 'the policy of a page lets pictures of any address in',
		file: policy,
		from: '`img-src ${source}`',
		to: '`img-src ${source} https:`',
		tests: [gates],
	},
	{
		name: 'the policy of a page lets any script run',
		file: policy,
		from: "`script-src 'nonce-${nonce}'`",
		to: "`script-src 'unsafe-inline' ${source} ${nonce.slice(0, 0)}`",
		tests: [gates],
	},
	{
		name: 'a request of a page is looked up along the prototype',
		file: 'src/common/rpc.ts',
		from: 'const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;',
		to: 'const handler = handlers[method];',
		tests: ['unit/common/rpc'],
	},
	{
		name: 'what a page sends is taken in any form',
		file: 'src/common/rpc.ts',
		from: 'handler.handle(handler.parse(params), controller.signal)',
		to: 'handler.handle(params, controller.signal)',
		tests: ['unit/common/rpc'],
	},
];
