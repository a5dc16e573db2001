package org.accordhie.consent;

import java.util.Set;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.Sensitivity;
import org.accordhie.vocabulary.SmallSet;

/**
 * The security labels a rule speaks of. A sensitivity stands for all that HL7 puts below it; confidentialities are ordered, so
 * only the lowest and the highest one named matter.
 *
 * @param sensitivities v3-ActCode sensitivity codes
 * @param levels confidentialities
 */
public record LabelCriteria(Set<String> sensitivities, Set<Confidentiality> levels) {

    /** Every label, and none. */
    public static final LabelCriteria ANY = new LabelCriteria(Set.of(), Set.of());

    public LabelCriteria {
        sensitivities = SmallSet.of(sensitivities);
        levels = SmallSet.of(levels);
    }

    boolean isEmpty() {
        return sensitivities.isEmpty() && levels.isEmpty();
    }

    /**
     * A deny fires on any label at or above one it names. A permit surely covers a resource only if every sensitivity of it is
     * named and its confidentiality is at or below the highest one named.
     */
    Match match(Effect effect, ResourceFacts.Labels labels) {
        if (isEmpty()) {
            return Match.CERTAINLY;
        }
        if (effect == Effect.DENY) {
            return Match.of(touchesOne(labels.sensitivities()) || touches(labels.confidentiality()));
        }
        if (coversAll(labels)) {
            return Match.CERTAINLY;
        }
        return Match.of(touchesOne(labels.sensitivities()) || covers(labels.confidentiality()))
                .and(Match.POSSIBLY);
    }

    /** Whether a sensitivity is one of those named or below one. */
    boolean covers(String sensitivity) {
        for (int index = 0; index < sensitivities.size(); index++) {
            if (Sensitivity.isWithin(sensitivity, SmallSet.get(sensitivities, index))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a confidentiality is at or below the highest of those named. */
    boolean covers(Confidentiality level) {
        return !levels.isEmpty() && SmallSet.get(levels, levels.size() - 1).isAtLeast(level);
    }

    private boolean coversAll(ResourceFacts.Labels labels) {
        var labelled = labels.sensitivities();
        for (int index = 0; index < labelled.size(); index++) {
            if (!covers(SmallSet.get(labelled, index))) {
                return false;
            }
        }
        var saysWhich = sensitivities.isEmpty() || !labelled.isEmpty() || !levels.isEmpty();
        return saysWhich && (levels.isEmpty() || covers(labels.confidentiality()));
    }

    private boolean touchesOne(Set<String> labelled) {
        for (int index = 0; index < labelled.size(); index++) {
            if (touches(SmallSet.get(labelled, index))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sensitivity is named, below one named, or so general that it may be one named. */
    boolean touches(String sensitivity) {
        for (int index = 0; index < sensitivities.size(); index++) {
            var named = SmallSet.get(sensitivities, index);
            if (Sensitivity.isWithin(sensitivity, named) || Sensitivity.isWithin(named, sensitivity)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a confidentiality is at or above the lowest of those named. */
    boolean touches(Confidentiality level) {
        return !levels.isEmpty() && level.isAtLeast(SmallSet.get(levels, 0));
    }
}
