package org.accordhie.labels.fhir;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.labels.Labels;
import org.accordhie.labels.StoredLabels;
import org.accordhie.labels.StoredLabels.Version;
import org.hl7.fhir.r4.model.Resource;

/** Labels what one bundle writes, with what is stored already in view. Thread-safe; works in the running transaction. */
public final class BundleLabels {

    private final Labeller labeller;
    private final StoredLabels stored;

    public BundleLabels(Labeller labeller, StoredLabels stored) {
        this.labeller = labeller;
        this.stored = stored;
    }

    /**
     * Labels resources: by the rules, with what their stored versions are labelled with, and with the labels of the
     * conditions and products they refer to, in the bundle or stored before.
     *
     * @param written the resources by address, as {@code [type]/[id]}, their references rewritten to such addresses
     * @param known the addresses that were stored before
     * @return the labels that each resource now bears
     */
    public Map<String, Labels> label(Map<String, Resource> written, Set<String> known) {
        var asked = new HashSet<>(known);
        written.values().forEach(resource -> asked.addAll(TellingReferences.of(resource)));
        var before = stored.of(asked);
        var labels = new HashMap<String, Labels>();
        written.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        each -> TellingReferences.order(each.getValue().fhirType())))
                .forEach(each -> {
                    var meta = each.getValue().getMeta();
                    var result = labeller.labelsOf(
                            each.getValue(),
                            Labeller.read(each.getValue()),
                            before.getOrDefault(each.getKey(), Labels.NONE),
                            target -> Optional.ofNullable(labels.getOrDefault(target, before.get(target))));
                    Labeller.write(result, meta);
                    Labeller.announceInline(each.getValue());
                    labels.put(each.getKey(), result);
                });
        return labels;
    }

    /** Keeps why the labels are there, once the versions have their numbers. */
    public void keep(Map<Version, Labels> labels) {
        stored.put(labels);
    }
}
