import '../shared/styles.ts';
import { useDisplayLanguage } from '../shared/displayLanguage.ts';
import { ignoreComposition } from '../shared/inputMethod.ts';
import { connectToHost } from '../shared/vscodeApi.ts';
import { BlindApp } from './app.ts';
import '../shared/frame.css';
import './blind.css';

useDisplayLanguage();
ignoreComposition();
const root = document.getElementById('root');
if (root) {
	void new BlindApp(connectToHost(), root).refresh();
}
