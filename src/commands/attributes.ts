import type { Command } from 'commander';
export function registerAttributes(_program: Command): void {}
