import * as l10n from '@vscode/l10n';
import type { Fixture, FixtureSummary } from '../common/api.ts';
import { AppError, toAppError } from '../common/errors.ts';
import type { FixtureFile, FixtureFiles } from './labContext.ts';
import { nameOfFile, normaliseFixture } from './normaliseFixture.ts';
import { maxFixtureBytes, parseFixtureFile, tooLarge } from './parseFixture.ts';

/** The `$schema` of our fixture files ends with this, after any address or folder. */
const schemaFile = /(^|\/)fixture\.schema\.json$/;
const readsAtOnce = 64;
/** Shared, because creating a collator for each comparison takes most of the time for a long list. */
const collator = new Intl.Collator();

function carriesSchema(json: unknown): boolean {
	const schema = typeof json === 'object' && json !== null && '$schema' in json ? json.$schema : undefined;
	return typeof schema === 'string' && schemaFile.test(schema);
}

/** Undefined if the file is not a fixture. Throws `validation` for a fixture that cannot be used. */
async function read(file: FixtureFile): Promise<Fixture | undefined> {
	if (file.size > maxFixtureBytes) {
		if (file.needsSchema) {
			return undefined;
		}
		throw tooLarge(file.size, l10n.t('The file'));
	}
	let json: unknown;
	try {
		json = parseFixtureFile(await file.read(), file.id);
	} catch (error) {
		if (file.needsSchema) {
			return undefined;
		}
		throw error;
	}
	return file.needsSchema && !carriesSchema(json) ? undefined : normaliseFixture(json, file.id);
}

function summaryOf({ id, name, module, description, type }: Fixture): FixtureSummary {
	return { id, name, module, description, type };
}

async function summarise(file: FixtureFile): Promise<FixtureSummary | undefined> {
	try {
		const fixture = await read(file);
		return fixture && summaryOf(fixture);
	} catch (thrown) {
		const { message } = toAppError(thrown);
		const { id } = file;
		return {
			id,
			name: nameOfFile(id),
			module: '',
			description: '',
			type: 'conversations',
			error: message,
		};
	}
}

/** The fixture files of all roots. Each state of a file is read only once for its summary. */
export class Fixtures {
	readonly #files: FixtureFiles;
	readonly #known = new Map<string, { etag: string; summary: Promise<FixtureSummary | undefined> }>();

	constructor(files: FixtureFiles) {
		this.#files = files;
	}

	/** All fixtures sorted by name. One that cannot be used is listed with its error. */
	async list(): Promise<FixtureSummary[]> {
		const files = await this.#files.list();
		const summaries: FixtureSummary[] = [];
		for (let start = 0; start < files.length; start += readsAtOnce) {
			const some = files.slice(start, start + readsAtOnce).map((file) => this.#summary(file));
			summaries.push(...(await Promise.all(some)).filter((summary) => summary !== undefined));
		}
		const existing = new Set(files.map(({ id }) => id));
		for (const id of this.#known.keys()) {
			if (!existing.has(id)) {
				this.#known.delete(id);
			}
		}
		return summaries.sort((a, b) => collator.compare(a.name, b.name) || collator.compare(a.id, b.id));
	}

	/** Concurrent calls of `list` share their reads. */
	#summary(file: FixtureFile): Promise<FixtureSummary | undefined> {
		const known = this.#known.get(file.id);
		if (known?.etag === file.etag) {
			return known.summary;
		}
		const summary = summarise(file);
		this.#known.set(file.id, { etag: file.etag, summary });
		return summary;
	}

	/**
	 * Loads by id, or by a name that only one fixture has. Rejects with `not-found`, or `validation` if it is
	 * malformed.
	 */
	async load(nameOrId: string): Promise<Fixture> {
		const files = await this.#files.list();
		let file = files.find(({ id }) => id === nameOrId);
		if (!file) {
			const named = (await this.list()).filter(({ name }) => name === nameOrId);
			if (named.length > 1) {
				const ids = named.map(({ id }) => id).join(', ');
				throw new AppError(
					'validation',
					l10n.t("Several fixtures are named '{0}'. Use one of the ids: {1}", nameOrId, ids),
					{
						info: { field: 'nameOrId' },
					},
				);
			}
			file = files.find(({ id }) => id === named[0]?.id);
		}
		const fixture = file && (await read(file));
		if (!fixture) {
			throw new AppError('not-found', l10n.t("Fixture '{0}' not found", nameOrId));
		}
		return fixture;
	}
}
