import * as l10n from '@vscode/l10n';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../common/errors.ts';
import { exitCodes } from '../exitCodes.ts';
import { program } from '../help.ts';
import type { Arguments } from '../parseArguments.ts';
import { shortPath } from '../suiteFiles.ts';
import type { Terminal } from '../terminal.ts';
import { usageError } from '../usageError.ts';

const prompt = `You answer customers of a web shop for garden tools.

- Answer in at most three sentences.
- If you do not know the state of an order, say so and ask for the order number. Do not guess.
- Never promise a refund. Say that a colleague decides about it.
`;

const suite = `# What the prompt must do. "${program} grade" grades the recorded answer without a model,
# "${program} run --model provider/model" asks a model the other cases.
description: A support assistant
prompt: file:support.md
cases:
  - name: asks for the order number
    query: Where is my parcel?
    assert:
      - { type: icontains, value: order number }
      - { type: word-count, value: { max: 80 } }
  - name: promises no refund
    query: My rake is broken. I want my money back now!
    assert:
      - { type: not-regex, value: "[Yy]ou (will|shall) (get|receive) (a|your) refund" }
  - name: recorded
    query: Where is my parcel?
    output: I cannot see your parcel from here. Could you tell me your order number?
    assert:
      - { type: icontains, value: order number }
`;

/** `prompt-workshop init`: writes two files and replaces none. */
export async function init({ operands }: Arguments, { folder, out }: Terminal): Promise<number> {
	const [target = '.', ...more] = operands;
	if (more.length > 0) {
		throw usageError(l10n.t('init takes one folder'));
	}
	const place = resolve(folder, target);
	const files = { 'support.md': prompt, 'support.prompttest.yaml': suite };
	for (const [name, text] of Object.entries(files)) {
		const path = join(place, name);
		try {
			await mkdir(place, { recursive: true });
			await writeFile(path, text, { flag: 'wx' });
		} catch (cause) {
			const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
			throw exists
				? usageError(l10n.t('{0} is there already and was not replaced', shortPath(path, folder)), 'folder')
				: new AppError('storage', l10n.t('{0} was not written: {1}', shortPath(path, folder), String(cause)), {
						cause,
					});
		}
		out(`${shortPath(path, folder)}\n`);
	}
	const name = shortPath(join(place, 'support.prompttest.yaml'), folder);
	out(`\n${l10n.t('Next:')}\n  ${program} grade ${name}\n  ${program} run ${name} --model anthropic/MODEL\n`);
	return exitCodes.fine;
}
