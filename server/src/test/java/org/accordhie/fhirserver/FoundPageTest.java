package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SummaryEnum;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page that is not full says how many matches there are; any other says nothing. */
class FoundPageTest {

    @ParameterizedTest(name = "{3} found of a page of {0} from {1} on, {2} counted: {4}")
    @CsvSource({
        "20, , 0, 0, 0",
        "20, 0, 0, 0, 0",
        "20, 0, 0, 7, 7",
        "20, 0, 0, 20, 20",
        "20, 0, 0, 21,",
        "20, 40, 0, 1, 41",
        "20, 40, 0, 20, 60",
        "20, 40, 0, 21,",
        "20, 40, 0, 0,",
        "1, 0, 0, 1, 1",
        "1, 0, 0, 2,",
        "20, , 100, 21, 21",
        "20, 0, 100, 100, 100",
        "20, 0, 100, 101,",
        "20, 40, 100, 60, 100",
        "20, 40, 100, 61,",
        "20, 90, 100, 20, 110",
        "20, 90, 100, 21,",
        "20, 200, 100, 21,",
        "200, 0, 100, 200, 200",
    })
    void saysHowManyThereAre(int count, @Nullable Integer offset, int counted, int found, @Nullable Long total) {
        var page = FoundPage.of(
                FoundPage.asked(search(count, offset), counted), pids(found).iterator());

        assertThat(page.total().isPresent()).isEqualTo(total != null);
        page.total().ifPresent(told -> assertThat(told).isEqualTo(total));
        assertThat(page.again(count + 1)).toIterable().containsExactlyElementsOf(pids(Math.min(count + 1, found)));
    }

    @Test
    void isOfTheSamePageOnly() {
        var page = FoundPage.of(FoundPage.asked(search(20, null), 0), pids(3).iterator());

        assertThat(page.isOf(search(21, 0))).isTrue();
        assertThat(page.isOf(search(21, null))).isTrue();
        assertThat(page.isOf(search(22, 0))).isFalse();
        assertThat(page.isOf(search(21, 20))).isFalse();
        assertThat(page.isOf(new SearchParameterMap())).isFalse();
    }

    @Test
    void isNotWantedWhereNoPageFollowsOrAnotherOne() {
        assertThat(FoundPage.isWanted(search(20, 40))).isTrue();
        assertThat(FoundPage.isWanted(search(0, null))).isFalse();
        assertThat(FoundPage.isWanted(new SearchParameterMap())).isFalse();
        var counted = search(20, null);
        counted.setSummaryMode(SummaryEnum.COUNT);
        assertThat(FoundPage.isWanted(counted)).isFalse();
        assertThat(FoundPage.isWanted(search(20, null).setLoadSynchronousUpTo(5)))
                .isFalse();
    }

    private static SearchParameterMap search(int count, @Nullable Integer offset) {
        var search = new SearchParameterMap();
        search.setCount(count);
        if (offset != null) {
            search.setOffset(offset);
        }
        return search;
    }

    private static List<JpaPid> pids(int many) {
        return LongStream.rangeClosed(1, many).mapToObj(JpaPid::fromId).toList();
    }
}
