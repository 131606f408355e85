import * as l10n from '@vscode/l10n';
import type { ListedVersion } from '../../common/model.ts';
import { relativeTime } from '../../common/relativeTime.ts';
import { versionAuthorLabel } from '../../common/versionAuthorLabel.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import { metadataDifferences } from '../../prompts/metadataDifferences.ts';
import { plural } from '../kit/plural.ts';

export interface VersionTexts {
	/** The label, or else the number. */
	title: string;
	/** What follows the title, most important first. */
	facts: string[];
	/** Plain text: labels come from people and files. */
	tooltip: string;
}

/** The texts of a version in a list. `locale` is that of numbers and times. */
export function versionTexts(version: ListedVersion, now: Date, locale: string): VersionTexts {
	const { number, label, author, reason, createdAt, characters, tokens, isCurrent } = version;
	const created = new Date(createdAt);
	const change = changeOf(version, locale);
	const tests = testsOf(version, locale);
	const count = (value: number) => value.toLocaleString(locale);
	return {
		title: label ?? `v${number}`,
		facts: [
			...(label === null ? [] : [`v${number}`]),
			...(isCurrent ? [l10n.t('current')] : []),
			versionAuthorLabel(author),
			versionReasonLabel(reason),
			relativeTime(created, now, locale),
			...(change === '' ? [] : [change]),
			...(tests === '' ? [] : [tests]),
		],
		tooltip: [
			label === null ? l10n.t('Version {0}', number) : l10n.t('Version {0}: {1}', number, label),
			...(isCurrent ? [l10n.t('This is the current text')] : []),
			`${versionAuthorLabel(author)} · ${versionReasonLabel(reason)} · ${created.toLocaleString(locale)}`,
			l10n.t('{0} characters, about {1} tokens', count(characters), count(tokens)),
			...changesSince(version, locale),
			...(version.testCount > 0 ? [tests] : []),
			...(version.guideTestCount > 0 ? [guideTests(version.guideTestCount)] : []),
		].join('\n'),
	};
}

/** The change against the version before: of its tokens, or of what else differs where the text is the same. */
function changeOf({ previous, contentHash, tokens, metadata }: ListedVersion, locale: string): string {
	if (!previous) {
		return '';
	}
	return previous.contentHash === contentHash
		? metadataDifferences(previous.metadata, metadata).join(', ')
		: tokenChange(tokens - previous.tokens, locale);
}

function tokenChange(change: number, locale: string): string {
	const shown = signed(change, locale);
	return Math.abs(change) === 1 ? l10n.t('{0} token', shown) : l10n.t('{0} tokens', shown);
}

function changesSince(version: ListedVersion, locale: string): string[] {
	const { previous, contentHash, characters, tokens, metadata, number } = version;
	if (!previous) {
		return [];
	}
	const size = [
		l10n.t('{0} characters', signed(characters - previous.characters, locale)),
		tokenChange(tokens - previous.tokens, locale),
	];
	const changes = [
		...(previous.contentHash === contentHash ? [l10n.t('same text')] : size),
		...metadataDifferences(previous.metadata, metadata),
	];
	return [l10n.t('Since version {0}: {1}', number - 1, changes.join(', '))];
}

/** `+12`, `−3`, `±0`. */
function signed(change: number, locale: string): string {
	const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
	return sign + Math.abs(change).toLocaleString(locale);
}

/** Tests by models and their rating; the guide's are named only if there are no others. */
function testsOf({ testCount, averageRating, guideTestCount }: ListedVersion, locale: string): string {
	if (testCount === 0) {
		return guideTestCount === 0 ? '' : l10n.t('guide only');
	}
	const tests = plural(testCount, l10n.t('{0} test', testCount), l10n.t('{0} tests', testCount));
	const rating = averageRating?.toLocaleString(locale, { maximumFractionDigits: 1 });
	return rating === undefined ? tests : `${tests} ★${rating}`;
}

function guideTests(count: number): string {
	return plural(
		count,
		l10n.t('{0} test by the guide, which is not a model', count),
		l10n.t('{0} tests by the guide, which is not a model', count),
	);
}
