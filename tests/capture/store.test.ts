import { storeContract } from './store.contract.ts';
import { forEachStore } from './stores.ts';

forEachStore('a store', storeContract);
