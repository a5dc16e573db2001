package org.accordhie.consent;

import java.util.ArrayList;
import java.util.List;
import org.accordhie.consent.ConsentPolicy.Computable;

/** Adds a denying provision somewhere in a consent, at any depth. */
record Graft(Some some) {

    List<ConsentPolicy> into(List<ConsentPolicy> consents) {
        return consents.stream()
                .map((ConsentPolicy policy) -> policy instanceof Computable it
                        ? new Computable(
                                it.id(),
                                it.validity(),
                                it.bases(),
                                it.base(),
                                it.requester(),
                                it.resource(),
                                intoProvisions(it.provisions()))
                        : policy)
                .toList();
    }

    private List<Provision> intoProvisions(List<Provision> provisions) {
        var deeper = new ArrayList<Provision>();
        for (var it : provisions) {
            deeper.add(
                    some.maybe(2)
                            ? it
                            : new Provision(
                                    it.path(),
                                    it.effect(),
                                    it.requester(),
                                    it.resource(),
                                    intoProvisions(it.provisions())));
        }
        if (provisions.isEmpty() || some.maybe(2)) {
            deeper.add(some.denyingProvision());
        }
        return deeper;
    }
}
