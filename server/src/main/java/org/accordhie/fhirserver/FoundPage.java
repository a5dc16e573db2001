package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.dao.IResultIterator;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SummaryEnum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of a search that has been asked for with more matches than it holds: with one, which tells whether there is another page,
 * or with as many as are counted.
 *
 * @param most how many were asked for
 * @param offset how many stand before it
 * @param found what was found
 */
record FoundPage(int most, int offset, List<JpaPid> found) {

    /** The total of a search of which nobody counts how many matches it has. No search has so many. */
    static final int UNTOLD = Integer.MAX_VALUE;

    FoundPage {
        found = List.copyOf(found);
    }

    /** Whether a search that is to be counted will ask for a page too. */
    static boolean isWanted(SearchParameterMap parameters) {
        var count = parameters.getCount();
        return count != null
                && count > 0
                && parameters.getSummaryMode() != SummaryEnum.COUNT
                && parameters.getLoadSynchronousUpTo() == null
                && parameters.getEverythingMode() == null
                && !parameters.isLastN();
    }

    /**
     * The search as it is asked for the page: with one match more, as HAPI does, or with those that are counted and one more.
     *
     * @param counted of how many matches at most, from the first page on, it is to be told how many there are; 0 for none
     */
    static SearchParameterMap asked(SearchParameterMap parameters, int counted) {
        var asked = parameters.clone();
        asked.setCount(Math.max(parameters.getCount(), counted - offset(parameters)) + 1);
        return asked;
    }

    /** What a search gives that was so asked. */
    static FoundPage of(SearchParameterMap asked, Iterator<JpaPid> rows) {
        var found = new ArrayList<JpaPid>();
        rows.forEachRemaining(found::add);
        return new FoundPage(asked.getCount(), offset(asked), found);
    }

    /** Whether the same page is asked for. */
    boolean isOf(SearchParameterMap asked) {
        return asked.getCount() != null && asked.getCount() <= most && offset(asked) == offset;
    }

    /** How many matches there are on all pages; empty where this one does not tell. */
    OptionalLong total() {
        var isLast = found.size() < most && (offset == 0 || !found.isEmpty());
        return isLast ? OptionalLong.of((long) offset + found.size()) : OptionalLong.empty();
    }

    /** The first of what was found, as if no more were asked for. */
    IResultIterator<JpaPid> again(int count) {
        var first = found.subList(0, Math.min(count, found.size()));
        return new Again(first.iterator(), first.size());
    }

    private static int offset(SearchParameterMap parameters) {
        return parameters.getOffset() == null ? 0 : parameters.getOffset();
    }

    private record Again(Iterator<JpaPid> rows, int size) implements IResultIterator<JpaPid> {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public JpaPid next() {
            return rows.next();
        }

        @Override
        public int getSkippedCount() {
            return 0;
        }

        @Override
        public int getNonSkippedCount() {
            return size;
        }

        @Override
        public Collection<JpaPid> getNextResultBatch(long most) {
            var batch = new ArrayList<JpaPid>();
            while (batch.size() < most && rows.hasNext()) {
                batch.add(rows.next());
            }
            return batch;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
