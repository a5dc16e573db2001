package org.accordhie.fhirserver;

import static ca.uhn.fhir.model.valueset.BundleEntryTransactionMethodEnum.POST;
import static ca.uhn.fhir.model.valueset.BundleEntryTransactionMethodEnum.PUT;

import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * The number of a version as storage counts. A reader from whom some versions are hidden is told other numbers: those of a
 * storage that holds the others alone. Source: FHIR R4, {@code Resource.meta.versionId}, which says of a number only that it
 * changes with the version.
 */
public final class StoredVersion {

    private static final String KEY = StoredVersion.class.getName();

    private static final List<ResourceMetadataKeyEnum<?>> KEPT = List.of(
            IDao.RESOURCE_PID,
            ResourceMetadataKeyEnum.DELETED_AT,
            ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE,
            ResourceMetadataKeyEnum.ENTRY_SEARCH_SCORE,
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD);

    private StoredVersion() {}

    /** That of a resource, also of one that {@link #told} has given another. */
    public static long of(Resource resource) {
        return resource.getUserData(KEY) instanceof Long stored ? stored : number(resource);
    }

    private static long number(Resource resource) {
        var id = resource.getIdElement();
        return id.hasVersionIdPart()
                ? id.getVersionIdPartAsLong()
                : Long.parseLong(resource.getMeta().getVersionId());
    }

    /** The same resource with the number that its reader is told; what was given stays as it is. */
    public static Resource told(Resource resource, long number) {
        var told = resource.copy();
        StoredText.of(resource).ifPresent(text -> text.carriedBy(told));
        KEPT.forEach(key -> copy(key, resource, told));
        var version = String.valueOf(number);
        told.setId(new IdType(resource.fhirType(), resource.getIdElement().getIdPart(), version));
        told.getMeta().setVersionId(version);
        told.setUserData(KEY, of(resource));
        if (number == 1 && ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.get(told) == PUT) {
            // The first of a history was created.
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(told, POST);
        }
        return told;
    }

    private static <T> void copy(ResourceMetadataKeyEnum<T> key, Resource from, Resource to) {
        var value = key.get(from);
        if (value != null) {
            key.put(to, value);
        }
    }
}
