package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.dao.IResultIterator;
import ca.uhn.fhir.jpa.dao.ISearchBuilder;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.search.SearchBuilderLoadIncludesParameters;
import ca.uhn.fhir.jpa.model.search.SearchRuntimeDetails;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's search, but for the loading of what it found, which is one query and leaves texts unparsed, and for the counting, which
 * is none where the page tells it, or where there are more than are counted. Used by one thread.
 */
final class TextSearch implements ISearchBuilder<JpaPid> {

    private final ISearchBuilder<JpaPid> search;
    private final Supplier<ISearchBuilder<JpaPid>> another;
    private final StoredReads stored;
    private final int counted;
    private @Nullable FoundPage page;

    /**
     * Makes a search of HAPI's.
     *
     * @param search HAPI's
     * @param another makes one like it, of which nothing has been asked yet
     * @param stored reads texts
     * @param counted of how many matches at most it is told how many there are, where nobody asks for more
     */
    TextSearch(
            ISearchBuilder<JpaPid> search, Supplier<ISearchBuilder<JpaPid>> another, StoredReads stored, int counted) {
        this.search = search;
        this.another = another;
        this.stored = stored;
        this.counted = counted;
    }

    @Override
    public void loadResourcesByPid(
            Collection<JpaPid> numbers,
            Collection<JpaPid> included,
            List<IBaseResource> loaded,
            boolean forHistory,
            RequestDetails details) {
        var texts = forHistory ? Optional.<List<Resource>>empty() : texts(numbers, included, details);
        var found = new ArrayList<IBaseResource>();
        texts.ifPresentOrElse(
                found::addAll, () -> search.loadResourcesByPid(numbers, included, found, forHistory, details));
        // HAPI leaves a gap for what may be referred to and not be read.
        found.removeIf(Objects::isNull);
        loaded.addAll(ordered(found, new HashSet<Object>(included)));
    }

    /**
     * What came along stands behind what was found, in the order of its ids: HAPI's follows from how many rows there are, hidden ones
     * too.
     */
    private static List<IBaseResource> ordered(List<IBaseResource> found, Set<Object> included) {
        if (included.isEmpty()) {
            return found;
        }
        var beside = found.stream()
                .collect(Collectors.partitioningBy(each -> included.contains(IDao.RESOURCE_PID.get(each))));
        return Stream.concat(
                        beside.getOrDefault(false, List.of()).stream(),
                        beside.getOrDefault(true, List.of()).stream()
                                .sorted(Comparator.comparing(each -> each.getIdElement()
                                        .toUnqualifiedVersionless()
                                        .getValue())))
                .toList();
    }

    /** Of the request itself only: a search that HAPI makes for its own ends while it serves the request needs the content. */
    private Optional<List<Resource>> texts(
            Collection<JpaPid> numbers, Collection<JpaPid> included, @Nullable RequestDetails details) {
        if (!Unparsed.isWanted()
                || details == null
                || !Unparsed.isEnoughFor(details)
                || numbers.stream().anyMatch(number -> number.getVersion() != null)) {
            return Optional.empty();
        }
        var found = stored.all(numbers.stream().map(JpaPid::getId).toList());
        found.ifPresent(resources -> mark(resources, included));
        return found;
    }

    private static void mark(List<Resource> resources, Collection<JpaPid> included) {
        var beside = new HashSet<Object>(included);
        resources.forEach(resource -> ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(
                resource,
                beside.contains(IDao.RESOURCE_PID.get(resource))
                        ? BundleEntrySearchModeEnum.INCLUDE
                        : BundleEntrySearchModeEnum.MATCH));
    }

    /**
     * What is matched by several of its values is several rows, which the database makes one where an offset is named. Without, HAPI
     * makes them one itself, and takes the rows for the length of the page: the next would leave some matches out.
     */
    @Override
    public IResultIterator<JpaPid> createQuery(
            SearchParameterMap parameters,
            SearchRuntimeDetails runtime,
            RequestDetails details,
            RequestPartitionId partition) {
        if (parameters.getCount() != null && parameters.getOffset() == null) {
            parameters.setOffset(0);
        }
        if (parameters.getCount() != null) {
            // HAPI would have everything before the page too, and leave it away itself.
            search.setMaxResultsToFetch(parameters.getCount());
        }
        var found = page;
        page = null;
        if (found != null && found.isOf(parameters)) {
            return found.again(parameters.getCount());
        }
        return search.createQuery(parameters, runtime, details, partition);
    }

    @Override
    public Stream<JpaPid> createQueryStream(
            SearchParameterMap parameters,
            SearchRuntimeDetails runtime,
            RequestDetails details,
            RequestPartitionId partition) {
        return search.createQueryStream(parameters, runtime, details, partition);
    }

    /**
     * HAPI counts first and then asks for the page. Here the page comes first, with as many matches behind it as are counted where
     * no accurate total is asked for: to count them all takes the longer the more there are, and most readers want a page.
     */
    @Override
    public Long createCountQuery(
            SearchParameterMap parameters, String name, RequestDetails details, RequestPartitionId partition) {
        if (!FoundPage.isWanted(parameters)) {
            return search.createCountQuery(parameters, name, details, partition);
        }
        // What HAPI asks for its own ends expects a total.
        var isAccurate = parameters.getSearchTotalMode() == SearchTotalModeEnum.ACCURATE
                || !(details instanceof ServletRequestDetails);
        var found = look(FoundPage.asked(parameters, isAccurate ? 0 : counted), name, details, partition);
        page = found;
        var total = found.total();
        if (total.isPresent()) {
            return total.getAsLong();
        }
        return isAccurate || found.found().isEmpty()
                ? another.get().createCountQuery(parameters, name, details, partition)
                : (Long) (long) FoundPage.UNTOLD;
    }

    private FoundPage look(
            SearchParameterMap asked, String name, RequestDetails details, RequestPartitionId partition) {
        try (var rows = createQuery(asked, new SearchRuntimeDetails(details, name), details, partition)) {
            return FoundPage.of(asked, rows);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void setMaxResultsToFetch(Integer results) {
        search.setMaxResultsToFetch(results);
    }

    @Override
    public void setDeduplicateInDatabase(boolean isDeduplicated) {
        search.setDeduplicateInDatabase(isDeduplicated);
    }

    @Override
    public void setRequireTotal(boolean isRequired) {
        search.setRequireTotal(isRequired);
    }

    @Override
    public boolean requiresTotal() {
        return search.requiresTotal();
    }

    @Override
    @SuppressWarnings({"deprecation", "checkstyle:ParameterNumber"})
    public Set<JpaPid> loadIncludes(
            FhirContext context,
            EntityManager entities,
            Collection<JpaPid> matches,
            Collection<Include> includes,
            boolean reverse,
            DateRangeParam updated,
            String name,
            RequestDetails details,
            Integer most) {
        return search.loadIncludes(context, entities, matches, includes, reverse, updated, name, details, most);
    }

    @Override
    public Set<JpaPid> loadIncludes(SearchBuilderLoadIncludesParameters<JpaPid> parameters) {
        return search.loadIncludes(parameters);
    }

    @Override
    public void setFetchSize(int rows) {
        search.setFetchSize(rows);
    }

    @Override
    public void setPreviouslyAddedResourcePids(List<JpaPid> former) {
        search.setPreviouslyAddedResourcePids(former);
    }
}
