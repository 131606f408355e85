import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { AppError } from '../../common/errors.ts';
import { thinkingLevels } from '../../common/model.ts';
import type { PromptReference, VariantRequest } from '../../common/suiteModel.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import type { Repositories } from '../../storage/contract.ts';
import { splitReference } from '../../suites/storedPrompt.ts';
import type { SuiteSource } from '../../suites/planRun.ts';
import { chosen } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import { chosenVariant } from './startConsent.ts';
import type { SuiteServices } from './suiteServices.ts';

const versionsShown = 50;

/** A row of a prompt that can be compared. Separators have no reference. */
interface PromptRow extends vscode.QuickPickItem {
	reference?: PromptReference;
}

export interface ChosenSides {
	variants: VariantRequest[];
	/** Whether the comparison ends as soon as it is clear which side is better. */
	stopEarly: boolean;
}

/** Lets the user choose the two sides of a comparison: what differs, then A and B. Rejects with `cancelled`. */
export async function chooseSides(services: SuiteServices, source: SuiteSource): Promise<ChosenSides> {
	const ways = [
		{ label: vscode.l10n.t('Two prompts or versions'), choose: () => twoPrompts(services, source) },
		{
			label: vscode.l10n.t('Two models'),
			choose: () => ofOnePrompt(services, source, () => twoModels(services, vscode.l10n.t('A: which model?'))),
		},
		{ label: vscode.l10n.t('Two thinking levels'), choose: () => ofOnePrompt(services, source, twoLevels) },
		{
			label: vscode.l10n.t('An old and a new model'),
			detail: vscode.l10n.t('Before a model shuts down: asks all cases, to see what would change'),
			choose: () =>
				ofOnePrompt(services, source, () =>
					twoModels(services, vscode.l10n.t('A: which model do you use now?')),
				),
			asksAll: true,
		},
	];
	const placeHolder = vscode.l10n.t('What differs between A and B?');
	const { choose, asksAll = false } = chosen(await showPick(ways, { placeHolder }));
	return { variants: await choose(), stopEarly: !asksAll };
}

/** Sides that differ in something else than the prompt, which the user chooses if the suite names none. */
async function ofOnePrompt(
	services: SuiteServices,
	source: SuiteSource,
	choose: () => Promise<VariantRequest[]>,
): Promise<VariantRequest[]> {
	const { variants: [prompt] = [] } = await chosenVariant(services, source);
	return (await choose()).map((side) => ({ ...prompt, ...side }));
}

async function twoPrompts(services: SuiteServices, source: SuiteSource): Promise<VariantRequest[]> {
	const { suite } = await services.suiteFiles.read(source);
	const own = suite?.prompts[0] ?? source.prompt;
	const store = await services.openStore();
	const rows = await store.read((repositories) => promptRows(repositories, own));
	const ask = async (placeHolder: string, others: readonly PromptRow[]) =>
		chosen(chosen(await showPick(others, { placeHolder, matchOnDescription: true })).reference);
	const a = await ask(vscode.l10n.t('A: which prompt or version?'), rows);
	const b = await ask(
		vscode.l10n.t('B: compared with which?'),
		rows.filter(({ reference }) => reference !== a),
	);
	return [{ prompt: a }, { prompt: b }];
}

/** The suite's own prompt with its versions first. */
function promptRows({ drafts, prompts, versions }: Repositories, own: PromptReference | undefined): PromptRow[] {
	const all = [
		...drafts.list().map((draft) => ({
			ownerKind: 'draft' as const,
			ownerId: draft.id,
			label: withoutIcons(draftTitle(draft)),
			description: vscode.l10n.t('draft'),
			reference: `draft:${draft.id}`,
			named: `draft:${draft.draftName}`,
		})),
		...prompts.list().map(({ id, name, title }) => ({
			ownerKind: 'prompt' as const,
			ownerId: id,
			label: withoutIcons(title),
			description: name,
			reference: `library:${name}`,
			named: `library:${name}`,
		})),
	];
	// A suite may name a draft by its name, if no other has it, and a prompt by one of its versions.
	const { kind, name } = own === undefined ? { kind: undefined, name: '' } : splitReference(own);
	const owner = kind === 'version' ? versions.get(Number(name)) : undefined;
	const named = all.filter((one) => one.named === own);
	const first =
		all.find(({ reference }) => reference === own) ??
		(owner
			? all.find(({ ownerKind, ownerId }) => ownerKind === owner.ownerKind && ownerId === owner.ownerId)
			: named.length === 1
				? named[0]
				: undefined);
	const listed = first ? versions.overview(first.ownerKind, first.ownerId, versionsShown).versions : [];
	const separator = (label: string): PromptRow => ({ label, kind: vscode.QuickPickItemKind.Separator });
	return [
		...(first
			? [
					separator(vscode.l10n.t('This prompt')),
					{ ...first, description: vscode.l10n.t('current text') },
					...listed.map(({ id, number, label, reason, createdAt }) => ({
						label: `v${number}${label === null ? '' : ` · ${withoutIcons(label)}`}`,
						description: `${versionReasonLabel(reason)} · ${new Date(createdAt).toLocaleString()}`,
						reference: `version:${id}`,
					})),
				]
			: []),
		separator(vscode.l10n.t('Drafts and prompts')),
		...all.filter((one) => one !== first),
	];
}

async function twoModels({ modelChoice }: SuiteServices, question: string): Promise<VariantRequest[]> {
	const a = await modelChoice.pick(undefined, question);
	const b = await modelChoice.pick(undefined, vscode.l10n.t('B: compared with which?'));
	if (a === b) {
		throw new AppError('validation', vscode.l10n.t('A and B are both {0}. Choose two different models', a), {
			info: { field: 'variants' },
		});
	}
	return [{ model: a }, { model: b }];
}

async function twoLevels(): Promise<VariantRequest[]> {
	const words = {
		off: vscode.l10n.t('off'),
		low: vscode.l10n.t('low'),
		medium: vscode.l10n.t('medium'),
		high: vscode.l10n.t('high'),
	};
	const rows = thinkingLevels.map((thinking) => ({ label: words[thinking], thinking }));
	const a = chosen(await showPick(rows, { placeHolder: vscode.l10n.t('A: which thinking level?') }));
	const others = rows.filter((row) => row !== a);
	const b = chosen(await showPick(others, { placeHolder: vscode.l10n.t('B: compared with which?') }));
	return [{ thinking: a.thinking }, { thinking: b.thinking }];
}
