package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.stereotype.Component;

/**
 * The history of everything, and batch and transaction. Writing entries go the way of a push; reading entries are carried out afterwards, each as a request
 * of its own. Source: FHIR R4, transaction.
 */
@Component
final class SystemRoutes {

    private static final Map<HTTPVerb, Interaction> WRITING = Map.of(
            HTTPVerb.POST, Interaction.CREATE,
            HTTPVerb.PUT, Interaction.UPDATE,
            HTTPVerb.PATCH, Interaction.PATCH,
            HTTPVerb.DELETE, Interaction.DELETE);

    private final IFhirSystemDao<Bundle, Meta> systemDao;
    private final RequestLine line;
    private final VersionHistory histories;
    private final AccordProperties properties;

    SystemRoutes(
            IFhirSystemDao<Bundle, Meta> systemDao,
            RequestLine line,
            VersionHistory histories,
            AccordProperties properties) {
        this.systemDao = systemDao;
        this.line = line;
        this.histories = histories;
        this.properties = properties;
    }

    /** The versions of all resources of all types that are granted, newest first. */
    @History
    public IBundleProvider history(RequestDetails request) {
        ResourceRoutes.requireReading(request);
        return line.read(
                new RequestedInteraction(Interaction.HISTORY_SYSTEM, "", "", false, request),
                () -> histories.read(new VersionHistory.Subject(null, null), request),
                ToldResources.inBundle());
    }

    @Transaction
    public Bundle transaction(@TransactionParam Bundle bundle, RequestDetails request) {
        requireShortAddresses(bundle);
        if (bundle.getType() == BundleType.TRANSACTION) {
            return transactional(bundle, request);
        }
        if (bundle.getType() == BundleType.BATCH) {
            return batch(bundle, request);
        }
        throw new InvalidRequestException("`Bundle.type` must be `transaction` or `batch`");
    }

    /** An entry's address costs what it would cost as a request of its own, and is bounded like that. */
    private void requireShortAddresses(Bundle bundle) {
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            var address = bundle.getEntry().get(index).getRequest().getUrl();
            if (address != null && address.length() > properties.limits().urlCharacters()) {
                throw new InvalidRequestException(
                        "`Bundle.entry[" + index + "].request.url` is longer than this server accepts");
            }
        }
    }

    private Bundle transactional(Bundle bundle, RequestDetails request) {
        var writes = new ArrayList<BundleEntryComponent>();
        var asked = new ArrayList<RequestedInteraction>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            var entry = bundle.getEntry().get(index);
            if (reads(entry)) {
                continue;
            }
            asked.add(interactionOf(entry, index, request));
            writes.add(entry);
        }
        if (writes.isEmpty()) {
            return answer(bundle, BundleType.TRANSACTIONRESPONSE, List.of(), request);
        }
        var whole = new RequestedInteraction(Interaction.CREATE, "Bundle", "", false, request);
        var written = line.transaction(whole, asked, bundle);
        return answer(bundle, BundleType.TRANSACTIONRESPONSE, written.getEntry(), request);
    }

    private Bundle batch(Bundle bundle, RequestDetails request) {
        var written = new ArrayList<BundleEntryComponent>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            var entry = bundle.getEntry().get(index);
            if (!reads(entry)) {
                written.add(single(entry, index, request));
            }
        }
        return answer(bundle, BundleType.BATCHRESPONSE, written, request);
    }

    private BundleEntryComponent single(BundleEntryComponent entry, int index, RequestDetails request) {
        var alone = new Bundle().setType(BundleType.TRANSACTION).addEntry(entry);
        try {
            var asked = interactionOf(entry, index, request);
            return line.transaction(asked, List.of(asked), alone).getEntryFirstRep();
        } catch (BaseServerResponseException refused) {
            return ErrorFactory.entry(refused);
        } catch (RuntimeException failed) {
            return ErrorFactory.entry(new InternalErrorException(failed));
        }
    }

    /** Puts the outcomes of the writes and of the reads back into the order of the request. */
    private Bundle answer(Bundle bundle, BundleType type, List<BundleEntryComponent> written, RequestDetails request) {
        var reads = new Bundle().setType(BundleType.BATCH);
        bundle.getEntry().stream().filter(SystemRoutes::reads).forEach(reads::addEntry);
        var read = reads.hasEntry()
                ? systemDao.transaction(request, reads).getEntry().iterator()
                : null;
        var writes = written.iterator();
        var answer = new Bundle().setType(type);
        for (var entry : bundle.getEntry()) {
            answer.addEntry(reads(entry) && read != null ? ErrorFactory.readEntry(read.next()) : writes.next());
        }
        return answer;
    }

    private static boolean reads(BundleEntryComponent entry) {
        var method = entry.getRequest().getMethod();
        return method == HTTPVerb.GET || method == HTTPVerb.HEAD;
    }

    private static RequestedInteraction interactionOf(BundleEntryComponent entry, int index, RequestDetails request) {
        var place = "`Bundle.entry[" + index + "]`";
        var method = entry.getRequest().getMethod();
        var address = entry.getRequest().getUrl();
        if (method == null || address == null || address.isBlank()) {
            throw new InvalidRequestException(place + " must have `request.method` and `request.url`");
        }
        var type = address.split("[/?]", 2)[0];
        if (!ResourceTypes.SERVED.contains(type)) {
            throw new InvalidRequestException(place + ".request.url names no resource type of this exchange");
        }
        var interaction = WRITING.get(method);
        if (interaction == null) {
            throw new InvalidRequestException(place + ".request.method is not supported");
        }
        var parts = address.split("[?]", 2)[0].split("/", -1);
        var conditional =
                interaction == Interaction.CREATE ? entry.getRequest().hasIfNoneExist() : address.contains("?");
        return new RequestedInteraction(interaction, type, parts.length > 1 ? parts[1] : "", conditional, request);
    }
}
