package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class DeflationTest {
  private static final Deflation SLOW = new Deflation(1e5);

  private static ByteBuffer noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    return ByteBuffer.wrap(noise);
  }

  @Test
  void neverTouchesWhatDoesNotShrink() {
    assertThat(SLOW.compressed(noise(1 << 20))).isEmpty();
  }

  @Test
  void neverTouchesWhatOnlyLooksLikeShrinking() {
    // Zeros exactly where the four stretches of the sample lie, noise elsewhere.
    ByteBuffer bytes = noise(1 << 20);
    for (int i = 0; i < 4; i++) {
      int start = (int) ((long) ((1 << 20) - 4096) * i / 3);
      bytes.put(start, new byte[4096]);
    }
    // The whole shrinks by less than the zeros, so it may be sent; but never larger than it is.
    SLOW.compressed(bytes).ifPresent(d -> assertThat(d.remaining()).isLessThan(1 << 20));
  }

  @Test
  void leavesSmallTensorsAlone() {
    assertThat(SLOW.compressed(ByteBuffer.allocate(1023))).isEmpty();
    assertThat(SLOW.compressed(ByteBuffer.allocate(1024))).isPresent();
  }

  @Test
  void weighsTheLinkAgainstTheWork() {
    // Halving 25 MB takes a second of work and saves 100 Mbit.
    assertThat(new Deflation(99e6).pays(0.5)).isTrue();
    assertThat(new Deflation(101e6).pays(0.5)).isFalse();
    assertThat(new Deflation(1).pays(0.09)).isFalse();
    assertThat(Deflation.NEVER.compressed(ByteBuffer.allocate(1 << 20))).isEmpty();
  }

  @Test
  void inflatesToExactlyTheRoom() throws DataFormatException {
    ByteBuffer deflated = SLOW.compressed(ByteBuffer.allocate(100_000)).orElseThrow();
    ByteBuffer room = ByteBuffer.allocateDirect(100_000);
    Deflation.inflate(deflated, room);
    assertThat(room.hasRemaining()).isFalse();
  }

  @Test
  void stopsWhereTheRoomDoesAndSaysSo() {
    ByteBuffer bomb = SLOW.compressed(ByteBuffer.allocate(10_000_000)).orElseThrow();
    assertThatThrownBy(() -> Deflation.inflate(bomb, ByteBuffer.allocate(1000)))
        .isInstanceOf(DataFormatException.class);
    assertThatThrownBy(() -> Deflation.inflate(bomb, ByteBuffer.allocate(10_000_001)))
        .isInstanceOf(DataFormatException.class);
  }

  @Test
  void refusesBytesAfterTheEndAndAStreamCutShort() {
    ByteBuffer deflated = SLOW.compressed(ByteBuffer.allocate(5000)).orElseThrow();
    ByteBuffer longer = ByteBuffer.allocate(deflated.remaining() + 1).put(deflated.duplicate());
    assertThatThrownBy(() -> Deflation.inflate(longer.rewind(), ByteBuffer.allocate(5000)))
        .isInstanceOf(DataFormatException.class);
    ByteBuffer shorter = deflated.slice(0, deflated.remaining() - 1);
    assertThatThrownBy(() -> Deflation.inflate(shorter, ByteBuffer.allocate(5000)))
        .isInstanceOf(DataFormatException.class);
  }
}
