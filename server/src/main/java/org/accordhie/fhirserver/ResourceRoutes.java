package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.RawParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one resource type. HAPI's own resource providers are not registered, since they bring operations that go
 * round the {@link RequestLine}; these routes are the whole of what exists.
 */
class ResourceRoutes<T extends IBaseResource> implements IResourceProvider {

    private static final Set<RequestTypeEnum> READING = Set.of(RequestTypeEnum.GET, RequestTypeEnum.HEAD);

    private final IFhirResourceDao<T> dao;
    private final RequestLine line;
    private final Reading reading;
    private final String type;

    ResourceRoutes(IFhirResourceDao<T> dao, RequestLine line, Reading reading, String type) {
        this.dao = dao;
        this.line = line;
        this.reading = reading;
        this.type = type;
    }

    /**
     * What reads go by.
     *
     * @param searches reads what a search asks for
     * @param stored reads resources as they are stored
     * @param histories reads former versions
     */
    record Reading(SearchReader searches, StoredReads stored, VersionHistory histories) {}

    @Override
    public Class<T> getResourceType() {
        return dao.getResourceType();
    }

    /** Read and, with a version in the address, vread. */
    @Read(version = true)
    public T read(@IdParam IIdType id, RequestDetails request) {
        var interaction = id.hasVersionIdPart() ? Interaction.VREAD : Interaction.READ;
        return line.read(
                asked(interaction, id, request),
                () -> {
                    KnownParameters.require(request, Set.of());
                    return Unparsed.during(
                            request,
                            () -> reading.stored()
                                    .read(type, id)
                                    .map(getResourceType()::cast)
                                    .orElseGet(() -> dao.read(reading.stored().located(type, id), request)));
                },
                ToldResources.alone());
    }

    /** The versions of one resource, newest first. */
    @History
    public IBundleProvider history(@IdParam IIdType id, RequestDetails request) {
        requireReading(request);
        return line.read(
                asked(Interaction.HISTORY_INSTANCE, id, request),
                () -> reading.histories().read(new VersionHistory.Subject(type, id.getIdPart()), request),
                ToldResources.inBundle());
    }

    /** The versions of all resources of the type, newest first. */
    @History
    public IBundleProvider historyOfType(RequestDetails request) {
        requireReading(request);
        return line.read(
                asked(Interaction.HISTORY_TYPE, null, request),
                () -> reading.histories().read(new VersionHistory.Subject(type, null), request),
                ToldResources.inBundle());
    }

    /** HAPI takes every method for a history's. */
    static void requireReading(RequestDetails request) {
        if (!READING.contains(request.getRequestType())) {
            throw notAllowed();
        }
    }

    /** Search by GET and POST. */
    @Search(allowUnknownParams = true)
    public IBundleProvider search(@RawParam Map<String, List<String>> ignored, RequestDetails request) {
        return found(request, () -> reading.searches().read(type, request.getParameters()));
    }

    /** The same search, of what is in the compartment of a patient. */
    final IBundleProvider inCompartment(String patient, RequestDetails request) {
        return found(request, () -> reading.searches().readWithin(patient, type, request.getParameters()));
    }

    private IBundleProvider found(RequestDetails request, Supplier<SearchParameterMap> search) {
        return line.read(
                asked(Interaction.SEARCH_TYPE, null, request),
                () -> Unparsed.during(request, () -> whole(dao.search(search.get(), request))),
                ToldResources.inBundle());
    }

    @Create
    public MethodOutcome create(@ResourceParam T resource, RequestDetails request) {
        return line.create(asked(Interaction.CREATE, null, request), resource);
    }

    @Update
    public MethodOutcome update(
            @IdParam @Nullable IIdType id,
            @ResourceParam T resource,
            @ConditionalUrlParam @Nullable String condition,
            RequestDetails request) {
        requireNoVersion(request);
        if (condition != null) {
            ConditionalWrites.putBackId(resource, request);
        }
        var written = line.update(asked(Interaction.UPDATE, id, request), resource);
        if (Boolean.TRUE.equals(written.getCreated())) {
            // HAPI says so of a POST alone.
            request.getResponse()
                    .addHeader(Constants.HEADER_LOCATION, written.getId().getValue());
        }
        return written;
    }

    @Delete
    public MethodOutcome delete(
            @IdParam @Nullable IIdType id, @ConditionalUrlParam @Nullable String ignored, RequestDetails request) {
        requireNoVersion(request);
        return line.delete(asked(Interaction.DELETE, id, request));
    }

    /** Versions are not written; an id may still have one, from {@code If-Match}. */
    static void requireNoVersion(RequestDetails request) {
        if (request.getRequestPath().contains("/" + Constants.PARAM_HISTORY)) {
            throw notAllowed();
        }
    }

    private static MethodNotAllowedException notAllowed() {
        return new MethodNotAllowedException("versions can be read and nothing else");
    }

    final RequestLine line() {
        return line;
    }

    final RequestedInteraction asked(Interaction interaction, @Nullable IIdType id, RequestDetails request) {
        var conditional = ConditionalWrites.isOne(interaction, request);
        return new RequestedInteraction(interaction, type, id == null ? "" : id.getIdPart(), conditional, request);
    }

    /**
     * HAPI forgets an offset that the request does not name, and then takes the page for a list of which it tells as many entries
     * as a page has matches: what came along would be cut off. And it knows no page without a total of which one more follows.
     */
    private static IBundleProvider whole(IBundleProvider found) {
        // An answer that is a total alone has no page.
        if (!(found instanceof SimpleBundleProvider page) || page.preferredPageSize() == null) {
            return found;
        }
        if (page.getCurrentPageOffset() == null) {
            page.setCurrentPageOffset(0);
            page.setCurrentPageSize(page.preferredPageSize());
        }
        if (Objects.equals(page.size(), FoundPage.UNTOLD)) {
            page.setSize(null);
            page.setTotalResourcesRequestedReturned(page.preferredPageSize() + 1);
        }
        return page;
    }
}
