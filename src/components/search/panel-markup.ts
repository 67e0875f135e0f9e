import { searchAddress } from '#site/search-address.ts';

/** What a search panel begins with, on its page and in the dialog. Nothing in it comes from content or reader. */
export const panelMarkup = `
  <form class="search-form" role="search" action="${searchAddress.page}" data-part="form">
    <label class="sr-only" for="search-words">Search the files</label>
    <button class="search-submit" type="submit" aria-label="Search"><svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="8.5" cy="8.5" r="6"/><path d="m13 13 5 5"/></svg></button>
    <input id="search-words" name="q" type="search" placeholder="Words, names, topics" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" data-part="words">
    <button class="search-close" type="button" data-part="close" hidden>Close</button>
  </form>
  <div class="search-kinds" data-part="kinds"></div>
  <div class="search-bar">
    <p class="search-status" role="status" data-part="status"></p>
    <button class="search-more-filters" type="button" aria-expanded="false" aria-controls="search-facets" data-part="more-filters"><span class="search-wide">More filters</span><span class="search-narrow">Filters</span></button>
    <label class="search-sort"><span class="sr-only">Sort by</span><select data-part="sort"><option value="best">Best match</option><option value="newest">Newest</option></select></label>
  </div>
  <div class="search-scroller" data-part="scroller">
    <div class="search-facets" id="search-facets" data-part="facets"></div>
    <div class="search-answer">
      <div class="search-chosen" role="group" aria-label="Chosen filters" data-part="chosen" hidden></div>
      <div class="search-notice" data-part="notice" data-arrows hidden></div>
      <ol class="search-results" data-part="results" data-arrows></ol>
      <button class="search-button" type="button" data-part="more" hidden>More results</button>
      <div class="search-recent" data-part="recent" data-arrows hidden></div>
    </div>
  </div>`;
