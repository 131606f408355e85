import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Workbench } from './workbench.ts';

interface ShownRow {
	level: number;
	label: string;
	/** As its icon says: `passed`, `failed`, `unset` .. with `, outdated` if it is drawn as such. */
	state: string;
	isSelected: boolean;
	/** VS Code gives it by the place in the list. */
	id: string;
}

/** VS Code's Test Explorer in a window. Rows are named by the labels from the folder down to them. */
export class TestExplorerView {
	readonly #workbench: Workbench;

	constructor(workbench: Workbench) {
		this.#workbench = workbench;
	}

	/** Opens the view and waits for its first row. */
	async open(): Promise<void> {
		await this.#workbench.openContainer('Testing');
		await this.rows.first().waitFor();
	}

	/** The rows that are drawn, in any order. */
	get rows(): Locator {
		return this.#workbench.page.locator('.test-explorer [role="treeitem"]');
	}

	/** The row at the end of a path whose other rows are expanded. It is found as long as no row comes or goes above it. */
	async row(...path: string[]): Promise<Locator> {
		return eventually(async () => {
			const { row } = await this.#find(path);
			return row;
		});
	}

	async expand(...path: string[]): Promise<void> {
		await this.#toggle(path, true);
	}

	async collapse(...path: string[]): Promise<void> {
		await this.#toggle(path, false);
	}

	/** The rows in the order shown, indented, as `label: state`. */
	async outline(): Promise<string[]> {
		return (await this.#shown()).map(({ level, label, state }) => `${'  '.repeat(level - 1)}${label}: ${state}`);
	}

	/** Waits until these rows are shown, as `outline` gives them. */
	async shows(outline: string[]): Promise<void> {
		await eventually(async () => assert.deepEqual(await this.outline(), outline));
	}

	/** Waits until these rows are among those shown, one after the other. */
	async has(outline: string[]): Promise<void> {
		await eventually(async () => {
			const shown = (await this.outline()).join('\n');
			assert.ok(`\n${shown}\n`.includes(`\n${outline.join('\n')}\n`), shown);
		});
	}

	/** Waits until these rows are the last. */
	async ends(outline: string[]): Promise<void> {
		await eventually(async () => assert.deepEqual((await this.outline()).slice(-outline.length), outline));
	}

	/** The path of the selected row. */
	async selected(): Promise<string> {
		return eventually(async () => {
			const selected = paths(await this.#shown()).filter(({ isSelected }) => isSelected);
			assert.equal(selected.length, 1);
			return selected[0]?.path ?? '';
		});
	}

	/** By the arrow before it: a click on the row itself opens its file. Waits until what is below it has come or gone. */
	async #toggle(path: string[], isExpanded: boolean): Promise<void> {
		await eventually(async () => {
			const { row, hasRowsBelow } = await this.#find(path);
			if ((await row.getAttribute('aria-expanded', { timeout: 1000 })) !== String(isExpanded)) {
				await row.locator('.monaco-tl-twistie').click({ timeout: 1000 });
			}
			assert.equal(hasRowsBelow, isExpanded);
		});
	}

	async #find(path: string[]): Promise<{ row: Locator; hasRowsBelow: boolean }> {
		const wanted = path.join(' / ');
		const shown = paths(await this.#shown());
		const position = shown.findIndex((one) => one.path === wanted);
		const found = shown[position];
		assert.ok(found, `The Test Explorer does not show ${wanted}`);
		const { page } = this.#workbench;
		const label = page.locator('.label', { hasText: found.label });
		return {
			row: page.locator(`.test-explorer [id="${found.id}"]`, { has: label }),
			hasRowsBelow: (shown[position + 1]?.level ?? 0) > found.level,
		};
	}

	/** In the order shown. */
	async #shown(): Promise<ShownRow[]> {
		const rows = await this.rows.evaluateAll((elements) =>
			elements.map((element) => {
				const icon = element.querySelector('.computed-state');
				const state = /codicon-testing-(\w+)-icon/.exec(icon?.className ?? '')?.[1] ?? icon?.className ?? '';
				return {
					level: Number(element.getAttribute('aria-level')),
					label: element.querySelector('.label')?.firstChild?.textContent ?? '',
					state: icon?.classList.contains('retired') ? `${state}, outdated` : state,
					isSelected: element.classList.contains('selected'),
					id: element.id,
					y: element.getBoundingClientRect().y,
				};
			}),
		);
		return rows.sort((a, b) => a.y - b.y);
	}
}

function paths(rows: readonly ShownRow[]): (ShownRow & { path: string })[] {
	const parents: string[] = [];
	return rows.map((row) => {
		parents.splice(row.level - 1, parents.length, row.label);
		return { ...row, path: parents.join(' / ') };
	});
}
