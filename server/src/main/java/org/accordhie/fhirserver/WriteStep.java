package org.accordhie.fhirserver;

import java.util.List;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** What must be done in the transaction of a write, after storage; if it fails nothing is written. */
public interface WriteStep {

    /** Follows a write. */
    void written(Written written);

    /**
     * What was written.
     *
     * @param requester who wrote
     * @param facts the facts of each new version
     * @param resources the new versions, in the order of the facts
     * @param deleted the addresses of deleted resources, with the version that says so
     */
    record Written(Requester requester, List<ResourceFacts> facts, List<Resource> resources, List<IdType> deleted) {

        public Written {
            facts = List.copyOf(facts);
            resources = List.copyOf(resources);
            deleted = List.copyOf(deleted);
        }
    }
}
