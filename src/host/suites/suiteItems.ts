import * as vscode from 'vscode';
import { isResumable, runStatusWord } from '../../common/runStatus.ts';
import { runCounts } from '../../statistics/runCounts.ts';
import type { RunStatus } from '../../common/suiteModel.ts';
import { isAsideSuite } from '../../suites/asideSuite.ts';
import type { RunNode, SuiteNode } from './suiteNodes.ts';

const icons: Record<RunStatus, string> = {
	running: 'sync~spin',
	complete: 'pass',
	stopped: 'debug-stop',
	capped: 'debug-pause',
	failed: 'error',
	interrupted: 'debug-disconnect',
};

/** How a suite is shown in its tree: with what its newest run found. */
export function suiteItem({ suite, name, exists, runs }: SuiteNode): vscode.TreeItem {
	const { label, folder } = shortName(name);
	const item = new vscode.TreeItem(
		label,
		runs.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
	);
	const newest = runs[0]?.run;
	const found = [
		...(exists ? [] : [vscode.l10n.t('deleted')]),
		newest ? counts(newest) : vscode.l10n.t('not run yet'),
	].join(' · ');
	// What one of many muted or old texts passed says nothing by itself.
	const state = isAsideSuite(suite) ? vscode.l10n.t('runs: {0}', runs.length) : found;
	item.id = `suite:${suite}`;
	item.description = [state, ...folder].join(' · ');
	item.iconPath = new vscode.ThemeIcon('checklist');
	item.contextValue = exists ? 'suite' : 'suite.gone';
	item.tooltip = [name, state].join('\n');
	item.accessibilityInformation = { label: `${name}, ${state}` };
	if (exists) {
		item.command = {
			command: 'promptWorkshop.openSuite',
			title: vscode.l10n.t('Open Suite'),
			arguments: [vscode.Uri.parse(suite)],
		};
	}
	return item;
}

/** How a run is shown below its suite. */
export function runItem({ runId, run, isHere }: RunNode): vscode.TreeItem {
	const { status, done, trials, startedAt, reason, variants, blessedAt } = run;
	const label = counts(run);
	const item = new vscode.TreeItem(label);
	const progress = done < trials ? [vscode.l10n.t('{0} of {1} answers', done, trials)] : [];
	const baseline = blessedAt === undefined ? [] : [vscode.l10n.t('baseline')];
	const waiting = status === 'running' && reason !== undefined ? [reason] : [];
	const state = [...baseline, runStatusWord(status), ...waiting, ...progress, new Date(startedAt).toLocaleString()];
	item.id = `run:${runId}`;
	item.description = state.join(' · ');
	item.iconPath = iconOf(run);
	const mark = blessedAt === undefined ? '' : '.baseline';
	item.contextValue = isHere
		? 'run.here'
		: status === 'running'
			? 'run.running'
			: isResumable(run)
				? `run.open${mark}`
				: `run${mark}`;
	item.tooltip = [
		[label, ...state].join(' · '),
		...(reason === undefined || status === 'running' ? [] : [reason]),
		...variants.map((variant) => `${variant.label}: ${counts({ variants: [variant] })}`),
	].join('\n');
	item.accessibilityInformation = { label: [label, ...state].join(', ') };
	item.command = {
		command: 'promptWorkshop.openReport',
		title: vscode.l10n.t('Open Report'),
		arguments: [runId],
	};
	return item;
}

/** Of `prompts/triage.prompttest.yaml`: `triage`, and where it is. Names of drafts and prompts stay as they are. */
function shortName(name: string): { label: string; folder: string[] } {
	const [, folder = '', label = name] = /^(.*\/)?([^/]+)\.prompttest\.(?:ya?ml|json)$/i.exec(name) ?? [];
	return { label, folder: folder === '' ? [] : [folder.slice(0, -1)] };
}

function counts(run: Pick<RunNode['run'], 'variants'>): string {
	return runCounts(run, (value) => value.toLocaleString());
}

/** A complete run in which something failed must not look like one that passed. */
function iconOf({ status, variants }: RunNode['run']): vscode.ThemeIcon {
	const hasFailed = variants.some(({ failed, errors }) => failed + errors > 0);
	return status === 'complete' && hasFailed
		? new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconFailed'))
		: new vscode.ThemeIcon(icons[status]);
}
