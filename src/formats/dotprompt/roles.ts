import * as l10n from '@vscode/l10n';
import type { PromptMessage } from '../messages/promptOfMessages.ts';
import type { Findings } from '../reading/findings.ts';
import { plainTextOf } from '../template/templatePieces.ts';
import { fromHandlebars, handlebarsParts, type HandlebarsPart } from '../template/fromHandlebars.ts';

/** The messages of a Dotprompt body. Without a role it is the user's; the helpers for history and media are named. */
export function dotpromptMessages(
	body: string,
	findings: Findings,
	lineAt: (offset: number) => number,
): PromptMessage[] {
	const messages: { role: string; parts: HandlebarsPart[]; line: number }[] = [
		{ role: 'user', parts: [], line: lineAt(0) },
	];
	const begin = (role: string, at: number) => messages.push({ role, parts: [], line: lineAt(at) });
	let inBlock = 0;
	for (const part of handlebarsParts(body)) {
		const [, block, role] = part.kind === 'tag' ? (/^(#?)role\s+["']?(\w+)["']?$/.exec(part.text) ?? []) : [];
		if (part.kind === 'tag' && role !== undefined) {
			if (block === '#') {
				inBlock++;
				findings.changed(
					part.source,
					l10n.t('The library of Dotprompt reads no message from a block of "role": write {{role "…"}}'),
					lineAt(part.at),
				);
			}
			begin(role, part.at);
		} else if (part.kind === 'tag' && part.text === '/role' && inBlock > 0) {
			inBlock--;
			begin('user', part.at);
		} else if (part.kind === 'tag' && /^(?:history|media\b|section\b)/.test(part.text)) {
			const note =
				part.text === 'history'
					? l10n.t('Earlier turns are the messages of a case: it is left out')
					: l10n.t('Images and sections are left out');
			findings.dropped(part.source, note, lineAt(part.at));
		} else {
			messages.at(-1)?.parts.push(part);
		}
	}
	return messages.flatMap(({ role, parts, line }) => {
		const content = fromHandlebars(parts, { findings, lineAt }).trim();
		return plainTextOf(content)?.trim() === '' ? [] : [{ role, content, line }];
	});
}
