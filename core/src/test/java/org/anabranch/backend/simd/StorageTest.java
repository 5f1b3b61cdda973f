package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.graph.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {
  private static final int HEADER_BYTES = 16;

  @ParameterizedTest
  @EnumSource(WorkingPrecision.class)
  void placesStartWithCacheLinesOfAnArrayThatStartsWithOne(WorkingPrecision precision) {
    Storage storage = new Storage(precision);
    for (int width = 1; width <= 70; width++) {
      Place place = storage.allocate(Type.perSample(width), 3);
      int bytes = place.isDouble() ? Double.BYTES : Float.BYTES;
      assertThat((HEADER_BYTES + place.offset() * bytes) % 64).isZero();
    }
  }

  @Test
  void whatIsWrittenToOnePlaceIsNotInAnother() {
    Storage storage = new Storage(WorkingPrecision.FLOAT32);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Type type = i % 3 == 0 ? Type.perSample(17).wide() : Type.perSample(100 * i + 1);
      places.add(storage.allocate(type, 64));
    }
    for (int i = 0; i < places.size(); i++) {
      places.get(i).fill(i + 1);
    }
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      for (int cell = 0; cell < place.cells(); cell++) {
        assertThat(place.get(cell)).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aNewPlaceIsZeroAndCountsItsOwnBytesOnly() {
    Storage storage = new Storage(WorkingPrecision.FLOAT32);
    storage.allocate(Type.perSample(5), 3).fill(7);
    Place place = storage.allocate(Type.perSample(5), 3);
    for (int cell = 0; cell < place.cells(); cell++) {
      assertThat(place.get(cell)).isZero();
    }
    assertThat(place.bytes()).isEqualTo(4L * 16 * 16);
  }

  @Test
  void aPlaceTakesTheCellsOfAnotherAndNoMore() {
    Storage storage = new Storage(WorkingPrecision.FLOAT64);
    Place from = storage.allocate(Type.perSample(4), 2);
    Place to = storage.allocate(Type.perSample(4), 2);
    Place after = storage.allocate(Type.perSample(4), 2);
    from.fill(3);
    to.copyFrom(from);
    assertThat(to.get(to.cells() - 1)).isEqualTo(3);
    assertThat(after.get(0)).isZero();
  }

  /** Otherwise a storage that many use would keep what was large long after its use. */
  @Test
  void whatIsLargeHasAnArrayOfItsOwnAndTheSmallGoOnInTheirs() {
    Storage storage = new Storage(WorkingPrecision.FLOAT32);
    int chunk = (1 << 21) / Float.BYTES;
    Storage.Floats before = storage.floats(16);
    Storage.Floats large = storage.floats(chunk + 1);
    Storage.Floats after = storage.floats(16);
    assertThat(large.array().length).isGreaterThan(chunk);
    assertThat(after.array() == before.array()).isTrue();
    assertThat(storage.floats(chunk).array() == before.array()).isFalse();
  }
}
