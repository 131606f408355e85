import * as l10n from '@vscode/l10n';
import type { Arguments } from './parseArguments.ts';
import { usageError } from './usageError.ts';

/** A whole number above 0; undefined if the option was not given. */
export function wholeNumber(parsed: Arguments, name: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
	const text = parsed.one(name);
	if (text === undefined) {
		return undefined;
	}
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < 1 || value > most) {
		throw usageError(
			most === Number.MAX_SAFE_INTEGER
				? l10n.t('--{0} takes a whole number above 0, not "{1}"', name, text)
				: l10n.t('--{0} takes a whole number from 1 to {1}, not "{2}"', name, most, text),
		);
	}
	return value;
}

/** An amount of US dollars above 0. */
export function dollars(parsed: Arguments, name: string): number | undefined {
	const text = parsed.one(name);
	if (text === undefined) {
		return undefined;
	}
	const value = Number(text.replace(/^\$/, ''));
	if (!/^\$?\d*\.?\d+$/.test(text) || !(value > 0)) {
		throw usageError(l10n.t('--{0} takes US dollars above 0, such as 2.50, not "{1}"', name, text));
	}
	return value;
}

/** A share from 0 to 1, also written as percent. */
export function share(parsed: Arguments, name: string): number | undefined {
	const text = parsed.one(name);
	if (text === undefined) {
		return undefined;
	}
	const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
	if (!/^\d*\.?\d+%?$/.test(text) || value > 1) {
		throw usageError(l10n.t('--{0} takes a rate from 0 to 1, such as 0.9 or 90%, not "{1}"', name, text));
	}
	return value;
}

/** `i/n` with 1 <= i <= n. */
export function shardOption(parsed: Arguments): { index: number; of: number } | undefined {
	const text = parsed.one('shard');
	if (text === undefined) {
		return undefined;
	}
	const [, index, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
	const shard = { index: Number(index), of: Number(of) };
	if (!(shard.index >= 1 && shard.index <= shard.of)) {
		throw usageError(l10n.t('--shard takes the part and the number of parts, such as 1/4, not "{0}"', text));
	}
	return shard;
}
