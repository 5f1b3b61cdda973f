package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final String ATTENTION =
      "{\"attn.0\":{\"dtype\":\"F32\",\"shape\":[1,2,3],\"data_offsets\":[0,24]}}";

  /** By hand from the format: length, header, six floats. */
  @Test
  void bytesAreThoseOfTheFormatsDescription() {
    Tensor tensor = Tensor.ofFloats(List.of(1, 2, 3), new float[] {0, 1, 2, 3, 4, 5});
    byte[] file = new Safetensors(Map.of("attn.0", tensor), Map.of()).toBytes();
    assertThat(file).hasSize(8 + 64 + 24);
    assertThat(Arrays.copyOf(file, 8)).containsExactly(64, 0, 0, 0, 0, 0, 0, 0);
    assertThat(new String(file, 8, 64, StandardCharsets.UTF_8)).isEqualTo(ATTENTION);
    assertThat(Arrays.copyOfRange(file, 72, 96))
        .containsExactly(
            0,
            0,
            0,
            0,
            0,
            0,
            (byte) 0x80,
            0x3f,
            0,
            0,
            0,
            0x40,
            0,
            0,
            0x40,
            0x40,
            0,
            0,
            (byte) 0x80,
            0x40,
            0,
            0,
            (byte) 0xa0,
            0x40);
  }

  /**
   * From safetensors 0.8.0 for Python: {@code save({"b": np.array([1.5, -2]), "a":
   * np.float32([0.25]), "n": np.array(7), "e": np.zeros((0, 3))}, metadata={"k": "v"})}.
   */
  @Test
  void bytesAreThoseOfTheLibraryForPython() {
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[8,24]},"
            + "\"e\":{\"dtype\":\"F64\",\"shape\":[0,3],\"data_offsets\":[24,24]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}    ";
    byte[] values =
        HexFormat.of().parseHex("0700000000000000000000000000f83f00000000000000c00000803e");
    assertThat(example().toBytes()).isEqualTo(file(header, values));
  }

  @Test
  void aFileWithoutTensorsIsAnEmptyObjectPaddedToEightBytes() throws IOException {
    byte[] file = new Safetensors(Map.of(), Map.of()).toBytes();
    assertThat(file).containsExactly(8, 0, 0, 0, 0, 0, 0, 0, '{', '}', 32, 32, 32, 32, 32, 32);
    assertThat(Safetensors.read(file, "empty").tensors()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBitForBit() throws IOException {
    double[] doubles = {Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 1.0 / 3, 6};
    Safetensors written =
        new Safetensors(
            Map.of(
                "größe \"x\"\n", Tensor.ofDoubles(List.of(3, 2), doubles),
                "f", Tensor.ofFloats(List.of(), new float[] {-0.0f}),
                "i", Tensor.ofLongs(List.of(2), new long[] {Long.MIN_VALUE, -1})),
            Map.of("schlüssel", "wert 😀 \\ \""));
    Safetensors read = Safetensors.read(written.toBytes(), "it");
    assertThat(read.metadata()).isEqualTo(written.metadata());
    assertThat(read.tensors().keySet()).isEqualTo(written.tensors().keySet());
    Tensor tensor = read.tensors().get("größe \"x\"\n");
    assertThat(tensor.shape()).containsExactly(3, 2);
    assertThat(Arrays.stream(tensor.doubles()).mapToLong(Double::doubleToRawLongBits).toArray())
        .isEqualTo(Arrays.stream(doubles).mapToLong(Double::doubleToRawLongBits).toArray());
    assertThat(Float.floatToRawIntBits(read.tensors().get("f").floats()[0]))
        .isEqualTo(Float.floatToRawIntBits(-0.0f));
    assertThat(read.tensors().get("i").longs()).containsExactly(Long.MIN_VALUE, -1);
    assertThat(read.toBytes()).isEqualTo(written.toBytes());
  }

  @Test
  void keysInAnotherOrderAndSpacesAreRead() throws IOException {
    String header =
        "{ \"a\" : { \"data_offsets\" : [4, 8], \"shape\":[1], \"dtype\":\"F32\" },\n"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} ";
    byte[] values = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
    Safetensors read = Safetensors.read(file(header, values), "it");
    assertThat(read.tensors().get("a").floats()).containsExactly(2);
    assertThat(read.tensors().get("b").floats()).containsExactly(1);
  }

  @Test
  void everyTruncationIsAnErrorThatNamesTheFile() {
    byte[] file = example().toBytes();
    for (int length = 0; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Safetensors.read(truncated, "runs/x.safetensors"))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              "runs/x.safetensors: it is truncated", length + " bytes", "Fetch or write it again");
    }
  }

  @Test
  void aFileCutWithinItsDataTellsItsWholeLength() {
    byte[] file = example().toBytes();
    assertThatThrownBy(() -> Safetensors.read(Arrays.copyOf(file, 270), "x"))
        .hasMessageContaining("270 bytes, expected 284.");
  }

  /** Seeds are the trial's number: to reproduce one, start the loop there. */
  @Test
  void flippedBytesGiveTheContentOrAnErrorThatNamesTheFileAndARemedy() {
    byte[] file = example().toBytes();
    int read = 0;
    for (int trial = 0; trial < 4000; trial++) {
      byte[] flipped = file.clone();
      int flips = 1 + trial % 3;
      for (int i = 0; i < flips; i++) {
        int at = CounterRandom.below(flipped.length, trial, Stream.SYNTHETIC, i, 0, 0);
        flipped[at] ^= (byte) (1 + CounterRandom.below(255, trial, Stream.SYNTHETIC, i, 0, 1));
      }
      try {
        Safetensors.read(flipped, "runs/x.safetensors").tensors().values().forEach(Tensor::bytes);
        read++;
      } catch (IOException e) {
        assertThat(e).as("trial %d", trial).hasMessageStartingWith("runs/x.safetensors: ");
        assertThat(e.getMessage()).containsPattern("(again|of these)\\.$");
      }
    }
    assertThat(read).isBetween(1, 3999);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 100_000_001, 1, 0, 0xFFFFFFFFL})
  void aHeadersLengthThatCannotBeIsRefusedBeforeAnythingIsAllocated(long length) {
    byte[] file = new byte[100];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    assertThatThrownBy(() -> Safetensors.read(file, "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(Long.toUnsignedString(length), "2 to 100000000");
  }

  @Test
  void theLongestHeaderThatTheFormatAllowsIsLookedFor() {
    byte[] file = new byte[100];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_000);
    assertThatThrownBy(() -> Safetensors.read(file, "x"))
        .hasMessageContaining("100 bytes, expected at least 100000008");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                                | start with '{'",
        "{} {}                                                             | nothing after",
        "{\"a\":1}                                                         | tensor 'a'",
        "{\"a\":{}}                                                        | needs dtype",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}                         | needs dtype",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}    | two data_offsets",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}  | the type 'F16'; F32",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}  | shape [2] has the bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}  | from 4 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | number -1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}| whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}| JSON",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]}}| 4294967297",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}}| 65536",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}} | unknown key 'x'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}  | starts at byte 4",
        "{\"__metadata__\":{\"a\":1}}                                      | a string as metadata 'a'",
        "{\"__metadata__\":{\"a\":\"x\",\"a\":\"y\"}}                      | Duplicate field 'a'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{}}| Duplicate field 'a'",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}                     | Duplicate field 'dtype'",
        "{\"a\":[[[[[[                                                     | an object as tensor 'a'",
        "{\"a                                                              | no valid JSON",
      })
  void headersThatTheFormatDoesNotAllowAreNamed(String header, String fact) {
    assertThatThrownBy(() -> Safetensors.read(file(header, new byte[4]), "runs/x.safetensors"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("runs/x.safetensors: ")
        .hasMessageContaining(fact);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[0,4]|[0,4]", "[0,4]|[2,6]", "[0,4]|[5,9]"})
  void overlapsAndGapsAreRefusedWithTheTensorsName(String offsets) {
    String[] both = offsets.split("\\|", -1);
    String header =
        ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s}}")
            .formatted(both[0], both[1]);
    assertThatThrownBy(() -> Safetensors.read(file(header, new byte[9]), "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("expected 4", "without gap or overlap");
  }

  @Test
  void aSpaceBeforeTheHeadersObjectIsRefusedButNotOneBehindIt() throws IOException {
    assertThatThrownBy(() -> Safetensors.read(file(" {}", new byte[0]), "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not start with '{'");
    assertThat(Safetensors.read(file("{} ", new byte[0]), "x").tensors()).isEmpty();
  }

  @Test
  void bytesBehindTheLastTensorAreRefused() {
    assertThatThrownBy(() -> Safetensors.read(file(ATTENTION, new byte[25]), "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("97 bytes", "describes only 96");
  }

  @Test
  void aHeaderThatIsNoUtf8IsRefused() {
    byte[] file = file(ATTENTION, new byte[24]);
    file[12] = (byte) 0xff;
    assertThatThrownBy(() -> Safetensors.read(file, "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("x: ", "no valid UTF-8", "write it again");
  }

  @Test
  void whatCannotBeWrittenIsTheCallersFault() {
    assertThatThrownBy(
            () ->
                new Safetensors(
                    Map.of("__metadata__", Tensor.ofLongs(List.of(), new long[1])), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reserves");
    assertThatThrownBy(() -> new Safetensors(Map.of(), Map.of("a", "\ud800")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half a surrogate pair");
    assertThatThrownBy(() -> Tensor.ofDoubles(List.of(2, 3), new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("5 values", "[2, 3]");
    assertThatThrownBy(() -> Tensor.ofDoubles(List.of(-1), new double[0]))
        .hasMessageContaining("[-1] is negative");
  }

  @Test
  void aTensorDoesNotConvertItsValues() {
    Tensor tensor = Tensor.ofFloats(List.of(1), new float[1]);
    assertThatThrownBy(tensor::doubles)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("F32", "F64");
  }

  private static Safetensors example() {
    return new Safetensors(
        Map.of(
            "b", Tensor.ofDoubles(List.of(2), new double[] {1.5, -2}),
            "a", Tensor.ofFloats(List.of(1), new float[] {0.25f}),
            "n", Tensor.ofLongs(List.of(), new long[] {7}),
            "e", Tensor.ofDoubles(List.of(0, 3), new double[0])),
        Map.of("k", "v"));
  }

  private static byte[] file(String header, byte[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(values)
        .array();
  }
}
