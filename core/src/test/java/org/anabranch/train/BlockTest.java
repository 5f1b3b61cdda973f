package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class BlockTest {
  private static final long[] IDS = {7, -1};
  private static final float[] FEATURES = {1, 2, 3, 4, 5, 6};
  private static final float[] LABELS = {0, 1};
  private static final int CHECKSUM = 0xba1fbb6f;

  @Test
  void rowsAreReadInTheOrderGiven() {
    Block block = Block.of(3, 4, 3, IDS, FEATURES, LABELS);
    assertThat(block.number()).isEqualTo(3);
    assertThat(block.capacity()).isEqualTo(4);
    assertThat(block.rows()).isEqualTo(2);
    assertThat(block.width()).isEqualTo(3);
    assertThat(block.id(1)).isEqualTo(-1);
    assertThat(block.feature(1, 0)).isEqualTo(4);
    assertThat(block.label(1)).isEqualTo(1);
    float[] copy = new float[12];
    block.copyFeatures(copy);
    assertThat(copy).containsExactly(1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void laterChangesOfTheCallersArraysDoNotReachTheBlock() {
    long[] ids = IDS.clone();
    float[] features = FEATURES.clone();
    float[] labels = LABELS.clone();
    Block block = Block.of(3, 4, 3, ids, features, labels);
    int checksum = block.checksum();
    ids[0] = 99;
    features[0] = 99;
    labels[0] = 99;
    assertThat(block.checksum()).isEqualTo(checksum);
  }

  /**
   * From a second implementation: CRC-32C bit by bit over struct.pack('<i2q6f2f', ...) in Python.
   */
  @Test
  void checksumIsTheCrc32cOfTheLittleEndianContent() {
    assertThat(Block.of(3, 4, 3, IDS, FEATURES, LABELS).checksum()).isEqualTo(CHECKSUM);
  }

  @Test
  void everyPartOfTheContentChangesTheChecksumButTheCapacityDoesNot() {
    assertThat(Block.of(3, 64, 3, IDS, FEATURES, LABELS).checksum()).isEqualTo(CHECKSUM);
    assertThat(Block.of(4, 4, 3, IDS, FEATURES, LABELS).checksum()).isNotEqualTo(CHECKSUM);
    assertThat(Block.of(3, 4, 3, new long[] {-1, 7}, FEATURES, LABELS).checksum())
        .isNotEqualTo(CHECKSUM);
    assertThat(Block.of(3, 4, 3, IDS, new float[] {1, 2, 3, 4, 6, 5}, LABELS).checksum())
        .isNotEqualTo(CHECKSUM);
    assertThat(Block.of(3, 4, 3, IDS, FEATURES, new float[] {1, 0}).checksum())
        .isNotEqualTo(CHECKSUM);
  }

  @Test
  void aBlockThatTravelsArrivesWhole() throws Exception {
    Block block = Block.of(3, 4, 3, IDS, FEATURES, LABELS);
    byte[] bytes = serialized(block);
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      Block arrived = (Block) in.readObject();
      assertThat(arrived.checksum()).isEqualTo(block.checksum());
      assertThat(arrived.capacity()).isEqualTo(4);
    }
  }

  @Test
  void aValueThatIsNotFiniteIsKept() {
    Block block = Block.of(0, 1, 1, new long[] {1}, new float[] {Float.NaN}, new float[] {0});
    assertThat(block.feature(0, 0)).isNaN();
  }

  @Test
  void sizesThatDisagreeAreRefusedWithBothSizes() {
    assertThatThrownBy(() -> Block.of(3, 4, 2, IDS, FEATURES, LABELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Block 3", "6 features", "have 4", "how the data were packed");
    assertThatThrownBy(() -> Block.of(3, 4, 3, IDS, FEATURES, new float[1]))
        .hasMessageContainingAll("1 labels", "2 rows");
    assertThatThrownBy(() -> Block.of(3, 1, 3, IDS, FEATURES, LABELS))
        .hasMessageContainingAll("2 ids", "capacity 1");
    assertThatThrownBy(() -> Block.of(3, 4, 3, new long[0], new float[0], new float[0]))
        .hasMessageContaining("0 ids");
    assertThatThrownBy(() -> Block.of(-3, 4, 3, IDS, FEATURES, LABELS))
        .hasMessageContaining("Block -3");
  }

  @Test
  void anIdThatOccursTwiceIsRefused() {
    assertThatThrownBy(() -> Block.of(3, 4, 3, new long[] {7, 7}, FEATURES, LABELS))
        .hasMessageContaining("id 7 occurs twice");
  }

  @Test
  void aColumnOutsideTheRowDoesNotReachTheNextRow() {
    Block block = Block.of(3, 4, 3, IDS, FEATURES, LABELS);
    assertThatThrownBy(() -> block.feature(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContainingAll("column is 3", "0 to 2");
  }

  @Test
  void aTargetThatIsTooShortIsRefusedWithBothSizes() {
    Block block = Block.of(3, 4, 3, IDS, FEATURES, LABELS);
    assertThatThrownBy(() -> block.copyFeatures(new float[5]))
        .hasMessageContainingAll("holds 5", "at least 6");
  }

  private static byte[] serialized(Block block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(block);
    }
    return bytes.toByteArray();
  }
}
