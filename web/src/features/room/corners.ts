/** The four corners of the stage in which one's own picture may be. Left and right are the screen's. Pure. */

export interface Corner {
  vertical: 'top' | 'bottom';
  horizontal: 'left' | 'right';
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where reading ends, at the bottom: furthest from the other one's face. */
export function firstCorner(isRightToLeft: boolean): Corner {
  return { vertical: 'bottom', horizontal: isRightToLeft ? 'left' : 'right' };
}

/** Clockwise. */
export function nextCorner({ vertical, horizontal }: Corner): Corner {
  if (vertical === 'bottom') {
    return horizontal === 'right' ? { vertical, horizontal: 'left' } : { vertical: 'top', horizontal };
  }
  return horizontal === 'left' ? { vertical, horizontal: 'right' } : { vertical: 'bottom', horizontal };
}

/** Where an arrow key takes it; null for any other key. */
export function moved(corner: Corner, key: string): Corner | null {
  switch (key) {
    case 'ArrowUp':
      return { ...corner, vertical: 'top' };
    case 'ArrowDown':
      return { ...corner, vertical: 'bottom' };
    case 'ArrowLeft':
      return { ...corner, horizontal: 'left' };
    case 'ArrowRight':
      return { ...corner, horizontal: 'right' };
    default:
      return null;
  }
}

export function nearestCorner(own: Box, stage: Box): Corner {
  const isLeft = own.left + own.width / 2 < stage.left + stage.width / 2;
  const isTop = own.top + own.height / 2 < stage.top + stage.height / 2;
  return { vertical: isTop ? 'top' : 'bottom', horizontal: isLeft ? 'left' : 'right' };
}

/** As attributes for the style sheet. */
export function atCorner({ vertical, horizontal }: Corner) {
  return { 'data-vertical': vertical, 'data-horizontal': horizontal };
}
