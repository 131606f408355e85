import '../shared/styles.ts';
import { useDisplayLanguage } from '../shared/displayLanguage.ts';
import { connectToHost } from '../shared/vscodeApi.ts';
import { ImportApp } from './app.ts';
import './import.css';

useDisplayLanguage();
const root = document.getElementById('root');
if (root) {
	void new ImportApp(connectToHost(), root).refresh();
}
