import hljs from 'highlight.js/lib/core';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';
import { sanitise } from './sanitise.ts';

// The languages that prompts and answers usually contain. Each further one adds 2 to 8 KB to a script limited to 300 KB.
for (const [name, language] of Object.entries({ json, markdown, python, typescript, yaml })) {
	hljs.registerLanguage(name, language);
}
hljs.registerAliases(['javascript', 'js', 'jsx', 'mjs', 'cjs'], { languageName: 'typescript' });

/** Longer code stays plain, because highlighting it would block the page. */
const maxLength = 20_000;

/** Highlighted code, or undefined if the language is unknown or the text is too long. */
export function highlight(text: string, language: string): DocumentFragment | undefined {
	if (text.length > maxLength || !hljs.getLanguage(language)) {
		return undefined;
	}
	return sanitise(hljs.highlight(text, { language, ignoreIllegals: true }).value);
}
