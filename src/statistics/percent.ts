/** A share from 0 to 1 in percent, such as "83"; only what is exactly 0 or 1 is shown as 0 or 100. */
export function percent(share: number, digits = 0): string {
	const text = (share * 100).toFixed(digits);
	const isRounded = (Number(text) === 0 && share > 0) || (Number(text) === 100 && share < 1);
	return isRounded && digits < 3 ? percent(share, digits + 1) : text;
}
