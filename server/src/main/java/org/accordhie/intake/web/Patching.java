package org.accordhie.intake.web;

import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.function.Supplier;
import org.accordhie.fhirserver.PushGate.Patch;
import org.accordhie.intake.fhir.ResourcePatch;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Applies patches to current versions. Thread-safe. */
final class Patching {

    private static final int ATTEMPTS = 4;

    private final OwnRecords own;
    private final ResourcePatch patches;

    Patching(OwnRecords own, ResourcePatch patches) {
        this.own = own;
        this.patches = patches;
    }

    /**
     * What came out.
     *
     * @param resource the next version
     * @param tag the entity tag of the version that the patch was applied to, which must still be the current one
     */
    record Patched(Resource resource, String tag) {}

    /**
     * Does something that applies patches, and once more where a version has become another meanwhile: the patch is about whichever
     * is current.
     */
    static <T> T again(Supplier<T> attempt) {
        for (int tried = 1; tried < ATTEMPTS; tried++) {
            try {
                return attempt.get();
            } catch (ResourceVersionConflictException meanwhile) {
                // Once more, with the version that was written meanwhile.
            }
        }
        return attempt.get();
    }

    /**
     * Applies a patch to the current version.
     *
     * @param wanted the entity tag of the only version that is meant; blank or null for any
     * @throws ResourceVersionConflictException if another one is current
     */
    Patched apply(String address, Patch patch, @Nullable String wanted) {
        var current = own.current(address);
        var version = current.getMeta().getVersionId();
        if (isTag(wanted) && !version.equals(ParameterUtil.parseETagValue(wanted))) {
            throw new ResourceVersionConflictException("another version is the current one");
        }
        return new Patched(patches.apply(current, patch), "W/\"" + version + "\"");
    }

    /** Whether a header names a version. */
    static boolean isTag(@Nullable String header) {
        return header != null && !header.isBlank();
    }
}
