package io.cleave.agents.frame;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Who is told of frames.
 *
 * @param onEnd of the answer, at once
 * @param onSettled when nothing is under way any more for a frame that has ended
 */
record FrameSink(BiConsumer<Frame, Answer> onEnd, Consumer<Frame> onSettled) {
  void ended(Frame frame, Answer answer) {
    onEnd.accept(frame, answer);
  }

  void settled(Frame frame) {
    onSettled.accept(frame);
  }
}
