import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { draftArguments } from '../drafts/draftArguments.ts';
import { showInformation } from '../kit/notify.ts';
import { plural } from '../kit/plural.ts';
import { versionUri } from '../kit/readOnlyDocuments.ts';
import type { VersionOwner } from '../library/versionArguments.ts';
import { chosenVersion } from './chosenVersion.ts';
import { pickSide } from './pickSide.ts';
import { arranged, hasOwnerOf, showComparison, showComparisons } from './showComparison.ts';
import { currentSide, sideOf, type Side } from './side.ts';
import type { VersionServices } from './versionServices.ts';

/** What the commands that compare texts do, loaded on first use. */

/**
 * Compares a version with the current text of its draft or prompt, or any two texts: of drafts, prompts, versions and
 * files. A number as the second is a version.
 */
export async function compareVersion(services: VersionServices, argument: unknown, other: unknown): Promise<void> {
	if (other !== undefined) {
		const left = await sideOf(services, argument);
		await showComparison(left, await sideOf(services, typeof other === 'number' ? { versionId: other } : other));
		return;
	}
	const versionId = await chosenVersion(
		services,
		argument,
		vscode.l10n.t('Choose a version to compare with the current text'),
	);
	const version = await sideOf(services, { versionId });
	if (version.owner) {
		await showComparison(version, await currentSide(services, version.owner));
	}
}

/** Compares a version with the one before it. */
export async function comparePrevious(services: VersionServices, argument: unknown): Promise<void> {
	const placeHolder = vscode.l10n.t('Choose a version to compare with the one before it');
	const versionId = await chosenVersion(services, argument, placeHolder);
	const store = await services.openStore();
	const { number, previous } = await store.read(({ versions }) => versions.listed(versionId));
	if (!previous) {
		throw new AppError('not-found', vscode.l10n.t('Version {0} is the first, so there is none before it', number));
	}
	await showComparison(await sideOf(services, { versionId: previous.id }), await sideOf(services, { versionId }));
}

/** Compares a draft, prompt, version or file with another one, which the user chooses if it is not given. */
export async function compareTexts(services: VersionServices, argument: unknown, other: unknown): Promise<void> {
	const first = await sideOf(services, argument);
	const second = other === undefined ? await pickSide(services, first) : await sideOf(services, other);
	await showComparison(...arranged(first, second));
}

/** Compares each selected draft with the prompt that it was cloned from. */
export async function compareParents(services: VersionServices, item: unknown, selection: unknown): Promise<void> {
	const ids = await draftArguments(services, item, selection);
	const store = await services.openStore();
	const drafts = await store.read((repositories) => ids.map((id) => repositories.drafts.get(id)));
	const pairs = await Promise.all(
		drafts.flatMap(({ id, parentPromptName }) =>
			parentPromptName === null
				? []
				: [
						Promise.all([
							sideOf(services, { promptName: parentPromptName }),
							sideOf(services, { draftId: id }),
						]).then(([left, right]) => ({ left, right })),
					],
		),
	);
	const [only] = pairs;
	if (!only) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('There is no parent prompt: it was deleted, or the draft was not cloned from one'),
		);
	}
	if (pairs.length === 1) {
		await showComparison(only.left, only.right);
	} else {
		await showComparisons(vscode.l10n.t('Drafts against their parent prompts'), pairs);
	}
	const without = drafts.length - pairs.length;
	if (without > 0) {
		void showInformation(
			plural(
				without,
				vscode.l10n.t('{0} selected draft has no parent prompt and is not shown', without),
				vscode.l10n.t('{0} selected drafts have no parent prompt and are not shown', without),
			),
		);
	}
}

/**
 * Compares what is selected in a tree: two texts in a diff editor, more in a multi-diff editor, versions of one draft or
 * prompt each against the one before it, other texts each against the first.
 */
export async function compareSelection(services: VersionServices, item: unknown, selection: unknown): Promise<void> {
	const given: unknown[] = Array.isArray(selection) ? selection : item === undefined ? [] : [item];
	const sides = await Promise.all(given.map((one) => sideOf(services, one)));
	const [first, second] = sides;
	if (!first || !second) {
		throw new AppError('validation', vscode.l10n.t('Select two or more to compare'), {
			info: { field: 'selection' },
		});
	}
	if (sides.length === 2) {
		await showComparison(...arranged(first, second));
		return;
	}
	const isHistory = sides.every((side) => hasOwnerOf(side, first));
	const ordered = isHistory ? [...sides].sort((a, b) => a.order - b.order) : sides;
	const pairs = ordered.slice(1).flatMap((right, index) => {
		const left = isHistory ? ordered[index] : first;
		return left ? [{ left, right }] : [];
	});
	await showComparisons(
		isHistory ? vscode.l10n.t('{0}: selected versions', first.owner?.title ?? '') : first.name,
		isHistory ? pairs.reverse() : pairs,
	);
}

/** The editor loads every text when it opens. */
const maxCompared = 50;

/** Compares each version of a draft or prompt with the one before it, newest first, in a multi-diff editor. */
export async function compareAll(services: VersionServices, owner: VersionOwner): Promise<void> {
	const store = await services.openStore();
	const { total, versions } = await store.read((repositories) =>
		repositories.versions.overview(owner.ownerKind, owner.ownerId, maxCompared),
	);
	if (total < 2) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('{0} has fewer than two versions, so there is nothing to compare', owner.title),
		);
	}
	const side = (id: number, number: number, metadata: Record<string, unknown>): Side => ({
		uri: versionUri(owner.title, id, number),
		name: `v${number}`,
		owner,
		order: id,
		metadata,
		isEditable: false,
	});
	const pairs = versions.map(({ id, number, metadata, previous }) => ({
		left: previous ? side(previous.id, number - 1, previous.metadata) : undefined,
		right: side(id, number, metadata),
	}));
	await showComparisons(
		total > versions.length
			? vscode.l10n.t('{0}: the newest {1} of {2} versions', owner.title, versions.length, total)
			: vscode.l10n.t('{0}: all versions', owner.title),
		pairs,
	);
}
