import { type DiskFiles, errorCode, writeAll } from './files.ts';
import { removeTemporary } from './placeFile.ts';

/**
 * Whose turn it is among several windows. A claim is the file `<name>.<n>`; the highest n holds. A claim is made by an
 * atomic link to the next number, so of several windows exactly one gets it, and nobody can take a number twice: a
 * window that was stopped and wakes finds a higher number. A claim with `released` is nobody's; what its owner noted
 * there is for the next one.
 */
export interface Claim {
	token: string;
	/** Whose connection answers as long as that window lives. */
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

/** Where claims to one thing lie. */
export interface ClaimPlace {
	files: DiskFiles;
	folder: string;
	/** The beginning of the files' names. */
	name: string;
}

/** Ours has a few hundred bytes; what is larger is not read. */
const maxClaimBytes = 64 * 1024;

function claimPath({ folder, name }: ClaimPlace, number: number): string {
	return `${folder}/${name}.${number}`;
}

/** The numbers of the claims among these names of files, ascending. */
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
		// A newer claim was made meanwhile and this one cleared away.
	}
}

/** At once, so that the answer is still true when a COMMIT follows. */
export function holdsClaim(place: ClaimPlace, number: number): boolean {
	return claimNumbers(place, place.files.listNow(place.folder)).at(-1) === number;
}

/** Makes the claim `number`; false when somebody else was faster. Older claims are cleared away. */
export async function makeClaim(place: ClaimPlace, number: number, claim: Claim): Promise<boolean> {
	const { files, folder } = place;
	const path = claimPath(place, number);
	const temporary = `${path}.${claim.token}.tmp`;
	// Not synced: after a power cut nobody holds anything.
	const file = await files.open(temporary, 'create');
	try {
		await writeAll(file, new TextEncoder().encode(`${JSON.stringify(claim)}\n`), 0);
	} finally {
		await file.close();
	}
	try {
		await files.link(temporary, path);
	} catch (error) {
		// ENOENT: the owner of a higher number has cleared ours away before it was made.
		if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') {
			return false;
		}
		throw error;
	} finally {
		await removeTemporary(files, temporary);
	}
	const present = claimNumbers(place, await files.list(folder));
	if (present.at(-1) !== number) {
		// The number was free only because it had been cleared away: others are further already.
		await files.remove(path);
		return false;
	}
	for (const older of present.filter((one) => one < number)) {
		await files.remove(claimPath(place, older));
	}
	return true;
}

/** Takes a claim back without a word; the next one may have the same number. */
export async function removeClaim(place: ClaimPlace, number: number): Promise<void> {
	await place.files.remove(claimPath(place, number));
}
