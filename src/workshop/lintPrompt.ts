import * as l10n from '@vscode/l10n';
import { topicToolNames } from '../common/tools.ts';
import { codePointName, hiddenCharacters } from '../common/visibleText.ts';
import { fencedBlocks } from '../common/fencedBlocks.ts';
import { contentLimits } from '../prompts/contentLimits.ts';

export interface LintFinding {
	code: string;
	message: string;
	/** Offsets in UTF-16 code units; `end` is exclusive. */
	start: number;
	end: number;
	severity: 'error' | 'warning' | 'information';
}

const maxFindings = 100;

/**
 * Finds problems in a system prompt before it is tested or committed, sorted by position, at most 100. Findings are
 * advice: only the rules in `rules.ts` refuse anything.
 */
export function lintPrompt(text: string): LintFinding[] {
	if (text.trim() === '') {
		return length(text);
	}
	const checks = [
		length,
		citationRule,
		toolNames,
		braces,
		headings,
		wordLimits,
		placeholders,
		unclosedFence,
		invisibleCharacters,
	];
	return checks
		.flatMap((check) => check(text))
		.sort((a, b) => a.start - b.start || a.end - b.end)
		.slice(0, maxFindings);
}

function length(text: string): LintFinding[] {
	if (text.length >= contentLimits.commit) {
		return [];
	}
	const short = text.length < contentLimits.test;
	const message = short
		? l10n.t(
				'The prompt has {0} characters: it needs {1} to be tested and {2} to be committed',
				text.length,
				contentLimits.test,
				contentLimits.commit,
			)
		: l10n.t('The prompt has {0} characters: it needs {1} to be committed', text.length, contentLimits.commit);
	return [
		{
			code: 'too-short',
			message,
			start: 0,
			end: text.length,
			severity: text.trim() !== '' && short ? 'warning' : 'information',
		},
	];
}

function citationRule(text: string): LintFinding[] {
	if (
		/\bcit(?:e|es|ed|ing|ation|ations)\b|\]\(url\)|\blinks? to (?:the |its |each )?(?:article|source)/i.test(text)
	) {
		return [];
	}
	const message = l10n.t('No rule about citations: say how Auspex links its claims to articles');
	return [{ code: 'no-citation-rule', message, ...firstLine(text), severity: 'warning' }];
}

/** Names that look like tools, in code or before a parenthesis, but that no topic offers. */
function toolNames(text: string): LintFinding[] {
	const known = new Set<string>([...topicToolNames, ...toolArguments]);
	const looksLikeTool = /`([a-z]+(?:_[a-z0-9]+)+)(?=[`(])|(?<![\w{`])([a-z]+(?:_[a-z0-9]+)+)(?=\()/g;
	return [...text.matchAll(looksLikeTool)].flatMap((match) => {
		const name = match[1] ?? match[2] ?? '';
		const start = match.index + match[0].length - name.length;
		const message = l10n.t('No topic offers a tool "{0}". The tools are {1}', name, topicToolNames.join(', '));
		return known.has(name)
			? []
			: [{ code: 'unknown-tool', message, start, end: start + name.length, severity: 'warning' as const }];
	});
}

const toolArguments = [
	'days_back',
	'time_period',
	'article_count',
	'publication_date',
	'news_source',
	'future_signal',
	'time_to_impact',
	'driver_type',
];

/** `{{` and `}}` without a match on the same line. */
function braces(text: string): LintFinding[] {
	let open: number[] = [];
	const unpaired: { start: number; mark: string }[] = [];
	const endLine = () => {
		for (const start of open) {
			unpaired.push({ start, mark: '{{' });
		}
		open = [];
	};
	for (const { 0: mark, index } of text.matchAll(/\{\{|\}\}|\n/g)) {
		if (mark === '{{') {
			open.push(index);
		} else if (mark === '\n') {
			endLine();
		} else if (open.pop() === undefined) {
			unpaired.push({ start: index, mark });
		}
	}
	endLine();
	return unpaired.map(({ start, mark }) => ({
		code: 'unbalanced-braces',
		message:
			mark === '{{'
				? l10n.t('This "{{" is not closed by "}}" on its line')
				: l10n.t('This "}}" has no "{{" before it on its line'),
		start,
		end: start + 2,
		severity: 'warning',
	}));
}

/** The same heading twice under one parent: two sections for one rule, which may contradict each other. */
function headings(text: string): LintFinding[] {
	const fenced = fencedBlocks(text);
	let nextFence = 0;
	let line = 1;
	let counted = 0;
	const headingPath: string[] = [];
	const seen = new Map<string, number>();
	const findings: LintFinding[] = [];
	for (const { 0: whole, 1: marks = '#', 2: title = '', index: start } of text.matchAll(
		/^ {0,3}(#{1,6})[ \t]+(\S.*)$/gm,
	)) {
		while ((fenced[nextFence]?.end ?? Infinity) <= start) {
			nextFence++;
		}
		if ((fenced[nextFence]?.start ?? Infinity) <= start) {
			continue;
		}
		line += text.slice(counted, start).split('\n').length - 1;
		counted = start;
		headingPath.length = marks.length - 1;
		headingPath[marks.length - 1] = title.trimEnd().toLowerCase();
		const key = headingPath.join('\n');
		const first = seen.get(key);
		if (first === undefined) {
			seen.set(key, line);
		} else {
			findings.push({
				code: 'duplicate-heading',
				message: l10n.t(
					'The heading "{0}" is already on line {1}: two sections with the same heading may contradict each other',
					title.trimEnd(),
					first,
				),
				start,
				end: start + whole.trimEnd().length,
				severity: 'warning',
			});
		}
	}
	return findings;
}

/** "At least 500 words" in one place and "at most 200 words" in another. */
function wordLimits(text: string): LintFinding[] {
	const found = [
		...text.matchAll(
			/\b(at least|no fewer than|minimum of|more than|at most|no more than|up to|maximum of|under|below)\s+(\d[\d,]*)\s+words\b/gi,
		),
	].map((match) => ({
		isMinimum: /^(?:at least|no fewer|minimum|more than)/i.test(match[1] ?? ''),
		words: Number((match[2] ?? '').replaceAll(',', '')),
		text: match[0],
		start: match.index,
	}));
	const lowest = found.filter(({ isMinimum }) => !isMinimum).toSorted((a, b) => a.words - b.words)[0];
	return found
		.filter(({ isMinimum, words }) => isMinimum && lowest !== undefined && words > lowest.words)
		.map(({ text: phrase, start }) => ({
			code: 'contradictory-length',
			message: l10n.t(
				'"{0}" may contradict "{1}" on line {2}: say which part each limit is for',
				phrase,
				lowest?.text ?? '',
				lineNumber(text, lowest?.start ?? 0),
			),
			start,
			end: start + phrase.length,
			severity: 'warning',
		}));
}

function placeholders(text: string): LintFinding[] {
	const forms =
		/\b(?:TODO|TBD|FIXME|XXX)\b|\[(?:insert|your|add|fill in|describe)\b[^\]\n]{0,80}\](?!\()|<(?:insert|your)\b[^>\n]{0,80}>/gi;
	return [...text.matchAll(forms)]
		.filter(([word]) => !/^[a-z]+$/.test(word))
		.map(({ 0: word, index }) => ({
			code: 'placeholder',
			message: l10n.t('"{0}" looks like a placeholder that still needs to be filled in', word),
			start: index,
			end: index + word.length,
			severity: 'warning',
		}));
}

function unclosedFence(text: string): LintFinding[] {
	return fencedBlocks(text)
		.filter(({ closed }) => !closed)
		.map(({ start }) => ({
			code: 'open-fence',
			message: l10n.t('This code block is not closed: everything after it is part of it'),
			start,
			end: start + (text.slice(start).match(/^[^\r\n]*/)?.[0].length ?? 0),
			severity: 'warning',
		}));
}

/** Characters that a model sees and a reader does not. A byte order mark at the very start is normal. */
function invisibleCharacters(text: string): LintFinding[] {
	return hiddenCharacters(text)
		.filter(({ character, index }) => !(character === '\ufeff' && index === 0))
		.map(({ character, index }) => {
			const changesDirection = /[\u202a-\u202e\u2066-\u2069]/.test(character);
			const name = codePointName(character);
			const message = changesDirection
				? l10n.t('A character that changes the direction of the text ({0}): remove it unless you need it', name)
				: /\p{Surrogate}/u.test(character)
					? l10n.t('Half a character ({0}): remove it unless you need it', name)
					: l10n.t('An invisible character ({0}): remove it unless you need it', name);
			return {
				code: 'invisible-character',
				message,
				start: index,
				end: index + character.length,
				severity: changesDirection ? 'error' : 'warning',
			} as const;
		});
}

function firstLine(text: string): { start: number; end: number } {
	return { start: 0, end: text.match(/^[^\r\n]*/)?.[0].length ?? 0 };
}

/** One-based. */
function lineNumber(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}
