package io.cleave.testbed.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What enters one direction of a link: bytes of a connection, or a sign that goes with them in
 * order. A sign is as long as the bare segment that carries it on a real network, so that none
 * slips through an outage.
 *
 * @param to where it arrives
 * @param bytes empty for a sign
 */
record Cargo(Gate to, Kind kind, ByteBuf bytes) {
  /** An IPv4 and a TCP header. */
  private static final int SIGN_BYTES = 40;

  /** What it is. */
  enum Kind {
    /** A connection was opened at the near end. */
    OPEN,
    BYTES,
    /** No more bytes come this way. */
    END,
    /** The connection broke. */
    RESET
  }

  static Cargo bytes(Gate to, ByteBuf bytes) {
    return new Cargo(to, Kind.BYTES, bytes);
  }

  static Cargo sign(Gate to, Kind kind) {
    return new Cargo(to, kind, Unpooled.EMPTY_BUFFER);
  }

  /** What it takes of the link. */
  int size() {
    return kind == Kind.BYTES ? bytes.readableBytes() : SIGN_BYTES;
  }

  /** Nobody wants it any more. */
  void drop() {
    if (bytes.refCnt() > 0) {
      bytes.release();
    }
  }
}
