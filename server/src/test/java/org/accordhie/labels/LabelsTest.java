package org.accordhie.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.accordhie.vocabulary.Confidentiality;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("labels")
class LabelsTest {

    private static final LabelBasis RULE = new LabelBasis("urn:rules", "1", "rule");
    private static final LabelBasis OTHER = new LabelBasis("urn:rules", "2", "rule");

    @Test
    void areAddedAndNeverLowered() {
        var labels = Labels.NONE
                .with("ETH", LabelBasis.SOURCE, Confidentiality.V)
                .with("ETH", RULE, Confidentiality.R)
                .with("PSY", RULE, Confidentiality.R);

        assertThat(labels.sensitivities()).containsExactly(Map.entry("ETH", LabelBasis.SOURCE), Map.entry("PSY", RULE));
        assertThat(labels.confidentiality()).isEqualTo(Confidentiality.V);
        assertThat(labels.confidentialityBasis()).isEqualTo(LabelBasis.SOURCE);
    }

    @Test
    void areRaisedByThoseOfAnother() {
        var labels = Labels.NONE.with("ETH", RULE, Confidentiality.R);
        var others = Labels.NONE.with("ETH", OTHER, Confidentiality.V).with("HIV", OTHER, Confidentiality.V);

        assertThat(labels.with(others).sensitivities())
                .containsEntry("ETH", RULE)
                .containsEntry("HIV", OTHER);
        assertThat(labels.with(others).confidentiality()).isEqualTo(Confidentiality.V);
        assertThat(others.with(labels).confidentiality()).isEqualTo(Confidentiality.V);
    }

    @Test
    void areApartByWhoGaveThem() {
        var labels =
                Labels.NONE.with("ETH", LabelBasis.SOURCE, Confidentiality.M).with("PSY", RULE, Confidentiality.R);

        assertThat(labels.bySource())
                .isEqualTo(new Labels(
                        new TreeMap<>(Map.of("ETH", LabelBasis.SOURCE)), Confidentiality.N, LabelBasis.SOURCE));
        assertThat(labels.byRules()).isEqualTo(new Labels(new TreeMap<>(Map.of("PSY", RULE)), Confidentiality.R, RULE));
    }

    @Test
    void areToldByAReference() {
        assertThat(Labels.NONE.told()).isEqualTo(Labels.NONE);
        assertThat(new Labels(new TreeMap<>(Map.of("ETH", LabelBasis.SOURCE)), Confidentiality.N, LabelBasis.SOURCE)
                        .told())
                .isEqualTo(new Labels(
                        new TreeMap<>(Map.of("ETH", LabelBasis.REFERENCE)), Confidentiality.R, LabelBasis.REFERENCE));
        assertThat(Labels.NONE.with("ETH", RULE, Confidentiality.V).told())
                .isEqualTo(Labels.NONE.with("ETH", RULE, Confidentiality.V));
    }

    @Test
    void areTheSameToADecisionWhateverTheirBasis() {
        var labels = Labels.NONE.with("ETH", RULE, Confidentiality.R);

        assertThat(labels.sameAs(Labels.NONE.with("ETH", OTHER, Confidentiality.R)))
                .isTrue();
        assertThat(labels.sameAs(Labels.NONE.with("PSY", RULE, Confidentiality.R)))
                .isFalse();
        assertThat(labels.sameAs(Labels.NONE.with("ETH", RULE, Confidentiality.V)))
                .isFalse();
    }
}
