import * as l10n from '@vscode/l10n';
import type { Fixture, FixtureSummary } from '../common/api.ts';
import { AppError, toAppError } from '../common/errors.ts';
import type { FixtureFile, FixtureFiles } from './labContext.ts';
import { nameOfFile, normaliseFixture } from './normaliseFixture.ts';
import { maxFixtureBytes, parseFixtureFile, tooLarge } from './parseFixture.ts';

/** The `$schema` of our fixture files ends with this, whatever the address or folder before it. */
const schemaFile = /(^|\/)fixture\.schema\.json$/;
const filesAtOnce = 64;
/** Comparing with a collator of one's own for each pair would take most of the time of a long list. */
const order = new Intl.Collator();

function carriesSchema(json: unknown): boolean {
	const schema = typeof json === 'object' && json !== null && '$schema' in json ? json.$schema : undefined;
	return typeof schema === 'string' && schemaFile.test(schema);
}

/** Undefined: the file is no fixture. Throws `validation` for a fixture that cannot be used. */
async function read(file: FixtureFile): Promise<Fixture | undefined> {
	if (file.size > maxFixtureBytes) {
		if (file.needsSchema) {
			return undefined;
		}
		throw tooLarge(file.size, 'The file');
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

/** The fixture files of all roots. A summary is read once for each state of a file. */
export class Fixtures {
	readonly #files: FixtureFiles;
	readonly #known = new Map<string, { etag: string; summary: Promise<FixtureSummary | undefined> }>();

	constructor(files: FixtureFiles) {
		this.#files = files;
	}

	/** All fixtures by name; one that cannot be used is listed with its error. */
	async list(): Promise<FixtureSummary[]> {
		const files = await this.#files.list();
		const summaries: FixtureSummary[] = [];
		for (let start = 0; start < files.length; start += filesAtOnce) {
			const some = files.slice(start, start + filesAtOnce).map((file) => this.#summary(file));
			summaries.push(...(await Promise.all(some)).filter((summary) => summary !== undefined));
		}
		const present = new Set(files.map(({ id }) => id));
		for (const id of this.#known.keys()) {
			if (!present.has(id)) {
				this.#known.delete(id);
			}
		}
		return summaries.sort((a, b) => order.compare(a.name, b.name) || order.compare(a.id, b.id));
	}

	/** Lists that run at the same time share what they read. */
	#summary(file: FixtureFile): Promise<FixtureSummary | undefined> {
		const known = this.#known.get(file.id);
		if (known?.etag === file.etag) {
			return known.summary;
		}
		const summary = summarise(file);
		this.#known.set(file.id, { etag: file.etag, summary });
		return summary;
	}

	/** By id, or by a name that only one fixture has. Rejects with `not-found` or, where it is malformed, `validation`. */
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
