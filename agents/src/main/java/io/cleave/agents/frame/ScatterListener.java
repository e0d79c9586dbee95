package io.cleave.agents.frame;

import io.cleave.transport.tensor.TensorValue;
import java.util.function.Consumer;

/**
 * Who is told, on the loop, how a shared leg ends: one of the first two, once.
 *
 * @param joined all pieces are there
 * @param failed neither a helper nor the device could make a piece
 * @param deviceFree the device is through with a piece, wanted or not
 */
record ScatterListener(
    Consumer<TensorValue> joined, Consumer<String> failed, Runnable deviceFree) {}
