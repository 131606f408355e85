import * as l10n from '@vscode/l10n';
import type { ShownTurn } from '../../common/shownTurn.ts';
import { fullLength } from '../../common/shownTurn.ts';
import { articleCount } from './articleCount.ts';
import type { Formatter } from './format.ts';

/** The figures of an answer. An absent figure is unknown. */
export interface Figures {
	articles?: number | undefined;
	milliseconds?: number | undefined;
	firstTokenMs?: number | undefined;
	characters?: number | undefined;
	inputTokens?: number | undefined;
	outputTokens?: number | undefined;
	costUsd?: number | undefined;
	/** Names of the tools that were called, in order. */
	tools?: readonly string[] | undefined;
}

/** A figure in words, and how it differs from that of another answer. */
export interface FigureText {
	text: string;
	/** Empty if there is nothing to compare with, or no difference. */
	difference: string;
}

/** The figures of an answer that can be read from its turn. */
export function turnFigures(turn: ShownTurn): Figures {
	return {
		characters: fullLength(turn, 'text'),
		inputTokens: turn.usage?.inputTokens,
		outputTokens: turn.usage?.outputTokens,
		costUsd: turn.usage?.costUsd,
		tools: turn.blocks.flatMap((block) => (block.type === 'tool' ? [block.name] : [])),
	};
}

/** The first known value of each figure. */
export function firstKnown(list: readonly (Figures | undefined)[]): Figures {
	const known: Figures = {};
	for (const figures of list.toReversed()) {
		Object.assign(
			known,
			Object.fromEntries(Object.entries(figures ?? {}).filter(([, value]) => value !== undefined)),
		);
	}
	return known;
}

/** The figures that are known, each with its difference from `base`. */
export function figureTexts(figures: Figures, base: Figures | undefined, format: Formatter): FigureText[] {
	const list: FigureText[] = [];
	const number = (value: number) => format.number(value);
	const duration = (value: number) => format.duration(value);
	const tokens = (value: number) => format.tokens(value);
	const add = (
		key: Exclude<keyof Figures, 'tools'>,
		write: (value: number) => string,
		phrase = (written: string, _value: number) => written,
	) => {
		const value = figures[key];
		if (value !== undefined) {
			const difference = signed(value, base?.[key], write);
			list.push({ text: phrase(write(value), value), difference });
		}
	};
	add('articles', number, (_count, value) => articleCount(value, format));
	add('milliseconds', duration);
	add('firstTokenMs', duration, (time) => l10n.t('first token {0}', time));
	add('characters', number, (count) => l10n.t('{0} characters', count));
	add('inputTokens', tokens, (count) => l10n.t('{0} tokens in', count));
	add('outputTokens', tokens, (count) => l10n.t('{0} tokens out', count));
	add('costUsd', (value) => format.cost(value));
	const tools = figures.tools ?? [];
	if (tools.length > 0 || (base?.tools?.length ?? 0) > 0) {
		list.push({ text: toolText(tools), difference: toolDifference(tools, base?.tools, format) });
	}
	return list;
}

/** The signed difference of two values; empty if both look the same when formatted. */
function signed(value: number, base: number | undefined, write: (value: number) => string): string {
	if (base === undefined || write(value) === write(base)) {
		return '';
	}
	return `${value > base ? '+' : '−'}${write(Math.abs(value - base))}`;
}

function toolText(tools: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const name of tools) {
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	const names = [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`));
	return names.length === 0 ? l10n.t('no tools') : l10n.t('tools: {0}', names.join(', '));
}

function toolDifference(tools: readonly string[], base: readonly string[] | undefined, format: Formatter): string {
	if (base === undefined) {
		return '';
	}
	const other = tools.toSorted().join('\n') === base.toSorted().join('\n') ? '' : l10n.t('other tools');
	return signed(tools.length, base.length, (count) => format.number(count)) || other;
}
