/**
 * A share from -1 to 1 in percentage points, such as "+7.2" or "-0.02": one digit after the point, and as many more as its sign
 * needs to be seen. Only what is exactly 0 is shown as 0.
 */
export function pointsText(share: number, { plus = false }: { plus?: boolean } = {}): string {
	const points = share * 100;
	if (points === 0) {
		return '0';
	}
	let digits = 1;
	while (digits < 12 && Number(points.toFixed(digits)) === 0) {
		digits++;
	}
	return `${plus && points > 0 ? '+' : ''}${points.toFixed(digits)}`;
}
