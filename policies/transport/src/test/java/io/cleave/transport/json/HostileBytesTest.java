package io.cleave.transport.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: a record or a refusal of one short line, and not much memory. */
class HostileBytesTest {
  private static final int LONGEST_LINE = 300;
  private static final String SIGNS = "{}[]\",:0123456789.eE+-\\u \n\0nulltrue\u00ff";

  @ParameterizedTest
  @EnumSource
  void randomBytesAreRefused(MessageKind kind) {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = RandomMessages.random(seed);
      byte[] bytes = new byte[random.nextInt(200)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      } else {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) SIGNS.charAt(random.nextInt(SIGNS.length()));
        }
      }
      assertThat(refused(kind, bytes, seed)).as("seed %d", seed).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void mutatedMessagesAreReadOrRefused(MessageKind kind) {
    int refused = 0;
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = RandomMessages.random(seed);
      byte[] bytes = kind.random(seed % 50).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes = mutated(bytes, random);
      }
      refused += refused(kind, bytes, seed) ? 1 : 0;
    }
    assertThat(refused).isBetween(200, 1_990);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"v\"",
        "{",
        "{}{}",
        "{} x",
        "{\"v\":1,}",
        "{'v':1}",
        "{v:1}",
        "{\"v\":01}",
        "{\"v\":+1}",
        "{\"v\":NaN}",
        "{\"v\":Infinity}",
        "{\"v\":-Infinity}",
        "{\"v\":1}//",
        "/**/{\"v\":1}",
        "\ufeff{\"v\":1}",
        "{\"v\":1,\"v\":1}",
        "{\"v\":\"1\"}",
        "{\"v\":1,\"agent\":{\"x\":1,\"x\":1}}",
        "{\"v\":1e400}",
        "{\"v\":-1}",
        "{\"v\":2}",
        "{\"v\":1.5}",
        "{\"v\":0}",
        "{\"v\":null}",
        "{\"agent\":\"a\"}",
        "{\"v\":tru"
      })
  void whatIsNoMessageOfFormat1IsRefused(String text) {
    for (MessageKind kind : MessageKind.values()) {
      assertThat(refused(kind, text.getBytes(UTF_8), 0)).isTrue();
    }
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    for (String bytes :
        new String[] {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e4\u00b8"}) {
      byte[] json = ("{\"v\":1,\"agent\":\"" + bytes + "\"}").getBytes(ISO_8859_1);
      assertThat(kindOf(json)).isEqualTo(Kind.NOT_JSON);
    }
    assertThat(kindOf("{\"v\":1}".getBytes(UTF_16))).isEqualTo(Kind.NOT_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`v`:2}|UNKNOWN_VERSION",
        "{`v`:1}|MISSING",
        "{`v`:true}|WRONG_TYPE",
        "{`v`:1,`agent`:`a/b`}|OUT_OF_RANGE",
        "{`v`:1,`agent`:7}|WRONG_TYPE",
        "{`v`:1,`agent`:`a`,`agent`:`a`}|NOT_JSON"
      })
  void theKindSaysWhatIsWrong(String text, Kind kind) {
    assertThat(kindOf(text.replace('`', '"').getBytes(UTF_8))).isEqualTo(kind);
  }

  @Test
  void whatIsTooLargeIsRefusedAsSuch() {
    assertThat(kindOf(new byte[WireLimits.REPORT_BYTES + 1])).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("[".repeat(30_000)))).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("{\"a\":".repeat(10_000)))).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("9".repeat(60_000)))).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("0." + "9".repeat(60_000)))).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("1e" + "9".repeat(60_000)))).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("\"" + "x".repeat(60_000) + "\""))).isEqualTo(Kind.TOO_LARGE);
    assertThat(kindOf(json("{\"" + "x".repeat(60_000) + "\":1}"))).isEqualTo(Kind.TOO_LARGE);
  }

  /** A layer near 10^9 as a set of bits would take 125 MB. */
  @Test
  void aHugeLayerTakesNoMemory() {
    byte[] good = MessageKind.REPORT.random(3);
    String hostile =
        new String(good, UTF_8).replaceFirst("\"layers\":\"[^\"]*\"", "\"layers\":\"0-999999999\"");
    assertThat(hostile).contains("0-999999999");
    long before = allocated();
    assertThat(kindOf(hostile.getBytes(UTF_8))).isEqualTo(Kind.OUT_OF_RANGE);
    assertThat(allocated() - before).isLessThan(5_000_000);
  }

  /** The dearest table that a megabyte can ask for: many stages with the highest layer. */
  @Test
  void theDearestTableTakesBoundedMemory() {
    String stage = ",{\"node\":0,\"layers\":\"65535\"}";
    String plan =
        "{\"stages\":[{\"node\":0,\"layers\":\"0\"}" + stage.repeat(63) + "],\"codec\":\"FP32\"}";
    String entry = "{\"plan\":" + plan + ",\"uplinkBits\":1},";
    String table = "{\"entries\":[" + entry.repeat(500);
    byte[] json =
        ("{\"v\":1,\"agent\":\"a\",\"version\":1,\"servers\":[],\"table\":"
                + table.substring(0, table.length() - 1)
                + "],\"breakpointsSecondsPerBit\":[]}}")
            .getBytes(UTF_8);
    assertThat(json.length).isBetween(800_000, WireLimits.DECISION_BYTES);
    long before = allocated();
    MalformedMessage refusal =
        catchThrowableOfType(
            MalformedMessage.class, () -> WireJson.readDecision(json, RandomMessages.NOW));
    assertThat(refusal.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(allocated() - before).isLessThan(300_000_000);
  }

  /** -0 bit/s would be -infinity seconds per bit: the fastest link of all instead of none. */
  @Test
  void anOutageHasNoSign() {
    String json = new String(MessageKind.REPORT.random(3), UTF_8);
    String outage =
        json.replaceFirst("\"uplinkBitsPerSecond\":[^,]*", "\"uplinkBitsPerSecond\":-0.0");
    assertThat(outage).contains("-0.0");
    double rate = WireJson.readReport(outage.getBytes(UTF_8)).links().get(0).uplinkBitsPerSecond();
    assertThat(1 / rate).isEqualTo(Double.POSITIVE_INFINITY);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + random.nextInt(20));
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes[at] = (byte) SIGNS.charAt(random.nextInt(SIGNS.length()));
      case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
      }
      default -> {
        return joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  private static byte[] json(String value) {
    return ("{\"v\":1,\"x\":" + value + "}").getBytes(UTF_8);
  }

  private static Kind kindOf(byte[] json) {
    return catchThrowableOfType(MalformedMessage.class, () -> WireJson.readReport(json)).kind();
  }

  private static boolean refused(MessageKind kind, byte[] json, long seed) {
    try {
      kind.read(json);
      return false;
    } catch (MalformedMessage refusal) {
      assertThat(refusal.getMessage())
          .as("seed %d", seed)
          .hasSizeLessThanOrEqualTo(LONGEST_LINE)
          .doesNotContainPattern("\\p{Cc}");
      return true;
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
