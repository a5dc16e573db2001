package org.accordhie.directory.web;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.directory.fhir.MembershipReader;
import org.accordhie.directory.jpa.MembershipTable;
import org.accordhie.fhirserver.WriteStep;
import org.hl7.fhir.r4.model.Resource;

/** Keeps the memberships what the care teams and roles say, in the transaction of each write. */
final class MembershipIndexing implements WriteStep {

    private final MembershipReader reader;
    private final MembershipTable memberships;

    MembershipIndexing(MembershipReader reader, MembershipTable memberships) {
        this.reader = reader;
        this.memberships = memberships;
    }

    @Override
    public void written(Written written) {
        var changed = Stream.concat(
                        written.resources().stream().map(Resource::getIdElement), written.deleted().stream())
                .filter(id -> MembershipReader.reads(id.getResourceType()))
                .map(id -> id.getResourceType() + "/" + id.getIdPart())
                .collect(Collectors.toSet());
        if (!changed.isEmpty()) {
            memberships.replace(
                    changed,
                    written.resources().stream()
                            .flatMap(resource -> reader.read(resource).stream())
                            .toList());
        }
    }
}
