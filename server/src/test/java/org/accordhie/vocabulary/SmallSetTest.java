package org.accordhie.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a small set")
class SmallSetTest {

    @ParameterizedTest(name = "of {0} values")
    @ValueSource(ints = {0, 1, 2, 8, 9, 100})
    void holdsItsValuesInOrderAndNoOthers(int size) {
        var values = IntStream.range(0, size).boxed().toList();
        var backwards = new ArrayList<>(values);
        Collections.reverse(backwards);
        backwards.addAll(values);

        var set = SmallSet.of(backwards);

        assertThat(set).hasSize(size).containsExactlyElementsOf(values).isEqualTo(new HashSet<>(values));
        for (var index = 0; index < size; index++) {
            assertThat(SmallSet.get(set, index)).isEqualTo(index);
            assertThat(set.contains(index)).isTrue();
        }
        assertThat(set.contains(size)).isFalse();
        assertThat(set.contains(null)).isFalse();
    }

    @ParameterizedTest(name = "of {0} values")
    @ValueSource(ints = {1, 9})
    void cannotBeChanged(int size) {
        var set = SmallSet.of(IntStream.range(0, size).boxed().toList());

        assertThatThrownBy(() -> set.add(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ofCodesBeginsWithThoseWithoutASystem() {
        var bare = new Coding("", "z");
        var codes = Set.of(new Coding("loinc", "2"), bare, new Coding("loinc", "1"));

        assertThat(SmallSet.of(codes, Coding.ORDER))
                .containsExactlyElementsOf(List.of(bare, new Coding("loinc", "1"), new Coding("loinc", "2")));
    }
}
