package org.accordhie.intake.web;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.function.BiFunction;
import org.accordhie.fhirserver.PushGate.Patch;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.intake.fhir.ResourcePatch;
import org.hl7.fhir.r4.model.Resource;

/** Makes a patch into an update of the version that it was applied to. Thread-safe. */
final class Patching {

    private static final int ATTEMPTS = 4;

    private final OwnRecords own;
    private final ResourcePatch patches;

    Patching(OwnRecords own, ResourcePatch patches) {
        this.own = own;
        this.patches = patches;
    }

    /**
     * Applies a patch to the current version; if that is another one by the time of the update, to that.
     *
     * @param update stores the new version if the current one is still that of the entity tag
     */
    <T> T apply(RequestedInteraction asked, String address, Patch patch, BiFunction<Resource, String, T> update) {
        var wanted = asked.details().getHeader(Constants.HEADER_IF_MATCH);
        for (int tried = 1; tried < ATTEMPTS && (wanted == null || wanted.isBlank()); tried++) {
            try {
                return once(address, patch, "", update);
            } catch (ResourceVersionConflictException meanwhile) {
                Thread.onSpinWait();
            }
        }
        return once(address, patch, wanted == null ? "" : wanted, update);
    }

    private <T> T once(String address, Patch patch, String wanted, BiFunction<Resource, String, T> update) {
        var current = own.current(address);
        var version = current.getMeta().getVersionId();
        if (!wanted.isBlank() && !version.equals(ParameterUtil.parseETagValue(wanted))) {
            throw new ResourceVersionConflictException("another version is the current one");
        }
        return update.apply(patches.apply(current, patch), "W/\"" + version + "\"");
    }
}
