import { type DiskFiles, errorCode, writeAll } from './files.ts';
import { removeTemporary } from './placeFile.ts';

/**
 * Decides which of several windows owns something. A claim is the file `<name>.<n>`; the highest n is the owner's. A
 * claim is made by an atomic link to the next number, so exactly one window gets it, and no number can be taken twice: a
 * window that was suspended and wakes up finds a higher number. A claim with `released` belongs to nobody; its value is
 * what the last owner noted for the next one.
 */
export interface Claim {
	token: string;
	/** Address that answers as long as the window lives. */
	endpoint?: string;
	host?: string;
	boot?: string;
	released?: unknown;
}

export interface NumberedClaim {
	number: number;
	/** `undefined` when the file cannot be read. */
	claim: Claim | undefined;
}

/** Where the claims to one thing are stored. */
export interface ClaimPlace {
	files: DiskFiles;
	folder: string;
	/** The beginning of the files' names. */
	name: string;
}

/** Our claims have a few hundred bytes; a larger file is not read. */
const maxClaimBytes = 64 * 1024;

function claimPath({ folder, name }: ClaimPlace, number: number): string {
	return `${folder}/${name}.${number}`;
}

/** The numbers of the claims among these file names, ascending. */
function claimNumbers({ name }: ClaimPlace, names: readonly string[]): number[] {
	return names
		.filter((one) => one.startsWith(`${name}.`))
		.map((one) => one.slice(name.length + 1))
		.filter((digits) => /^\d{1,15}$/.test(digits))
		.map(Number)
		.sort((a, b) => a - b);
}

const optionalTexts = ['endpoint', 'host', 'boot'] as const;

function parseClaim(bytes: Uint8Array): Claim | undefined {
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return undefined;
	}
	if (typeof value !== 'object' || value === null) {
		return undefined;
	}
	const claim = value as Record<string, unknown>;
	const isText = (key: string) => typeof claim[key] === 'string';
	const isClaim = isText('token') && optionalTexts.every((key) => claim[key] === undefined || isText(key));
	return isClaim ? (value as Claim) : undefined;
}

export async function newestClaim(place: ClaimPlace): Promise<NumberedClaim | undefined> {
	const { files, folder } = place;
	for (;;) {
		const number = claimNumbers(place, await files.list(folder)).at(-1);
		if (number === undefined) {
			return undefined;
		}
		const found = await files.stat(claimPath(place, number));
		if (found && found.size > maxClaimBytes) {
			return { number, claim: undefined };
		}
		const bytes = await files.read(claimPath(place, number));
		if (bytes) {
			return { number, claim: parseClaim(bytes) };
		}
		// In the meantime a newer claim was made and this one removed.
	}
}

/** Synchronous, so that the answer still holds when a COMMIT follows. */
export function holdsClaim(place: ClaimPlace, number: number): boolean {
	return claimNumbers(place, place.files.listNow(place.folder)).at(-1) === number;
}

/** Makes the claim `number`; false when another window was faster. Removes older claims. */
export async function makeClaim(place: ClaimPlace, number: number, claim: Claim): Promise<boolean> {
	const { files, folder } = place;
	const path = claimPath(place, number);
	const temporary = `${path}.${claim.token}.tmp`;
	// Not synced: after a power failure no claim counts.
	const file = await files.open(temporary, 'create');
	try {
		await writeAll(file, new TextEncoder().encode(`${JSON.stringify(claim)}\n`), 0);
	} finally {
		await file.close();
	}
	try {
		await files.link(temporary, path);
	} catch (error) {
		// ENOENT: the owner of a higher number removed our temporary file before the link was made.
		if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') {
			return false;
		}
		throw error;
	} finally {
		await removeTemporary(files, temporary);
	}
	const numbers = claimNumbers(place, await files.list(folder));
	if (numbers.at(-1) !== number) {
		// The number was free only because its claim had been removed: higher numbers exist already.
		await files.remove(path);
		return false;
	}
	for (const older of numbers.filter((one) => one < number)) {
		await files.remove(claimPath(place, older));
	}
	return true;
}

/** Removes a claim and leaves no note; the next one may get the same number. */
export async function removeClaim(place: ClaimPlace, number: number): Promise<void> {
	await place.files.remove(claimPath(place, number));
}
