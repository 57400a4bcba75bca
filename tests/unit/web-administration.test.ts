/** The pages of administration: their filters, the settings form, names of roles and devices. */
import { describe, expect, it } from '@jest/globals';
import { scopeCatalogue } from '../../src/identity/auth/scopes.ts';
import { NewRole } from '../../src/identity/roles/schema.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import { deviceOf } from '../../web/src/features/account/device-name.ts';
import { auditFilterForms, toAuditFilter } from '../../web/src/features/admin/audit-filters.ts';
import {
  changedSettings,
  clinicFields,
  numberFields,
  readNumber,
  readReminders,
} from '../../web/src/features/admin/clinic-form.ts';
import { keyOfName } from '../../web/src/features/admin/role-key.ts';
import { groupScopes, worthGiving } from '../../web/src/features/admin/scope-groups.ts';
import { sortedBy, userFilterForms } from '../../web/src/features/admin/user-filters.ts';
import { sectionsOf } from '../../web/src/ui/router/sections.ts';

const settings = TenantSettings.parse({ timeZone: 'Asia/Kolkata' });

describe('the settings of a clinic as a form', () => {
  it('take the numbers that the server takes, and no others', () => {
    for (const [field, bounds] of Object.entries(numberFields)) {
      const accepts = (value: number) => TenantSettings.safeParse({ ...settings, [field]: value }).success;
      expect({ field, least: accepts(bounds.min), under: accepts(bounds.min - 1) }).toEqual({
        field,
        least: true,
        under: false,
      });
      expect({ field, most: accepts(bounds.max), over: accepts(bounds.max + 1) }).toEqual({
        field,
        most: true,
        over: false,
      });
      expect(readNumber(String(bounds.max), bounds)).toBe(bounds.max);
      for (const wrong of [String(bounds.max + 1), String(bounds.min - 1), '', '1.5', '1e2', 'ten'])
        expect(readNumber(wrong, bounds)).toBeNull();
    }
  });

  it('read reminders as minutes, the earliest first', () => {
    expect(readReminders('60, 1440;60')).toEqual([1_440, 60]);
    expect(readReminders(' ')).toEqual([]);
    for (const wrong of ['4', '20161', 'soon', '5,6,7,8,9,10']) expect(readReminders(wrong)).toBeNull();
  });

  it('send only what was changed', () => {
    const fields = clinicFields({ id: 'c', slug: 'demo', name: 'Demo', settings });
    expect(fields).toMatchObject({ name: 'Demo', doctorGraceSeconds: '0', reminders: '1440, 60' });
    expect(changedSettings(settings, { ...settings })).toEqual({});
    expect(changedSettings(settings, { ...settings, noShowMinutes: 15, mfaRequiredFor: ['admin'] })).toEqual({
      noShowMinutes: 15,
      mfaRequiredFor: ['admin'],
    });
  });
});

describe('the key of a role', () => {
  it('comes from its name, and is one that the server takes', () => {
    expect(keyOfName('Triage nurse')).toBe('triage-nurse');
    expect(keyOfName('2nd Édition – Empfang!')).toBe('nd-edition-empfang');
    for (const name of ['A', '7', 'नर्स', '  --  ', 'x'.repeat(90), `${'x'.repeat(39)} y`, 'Dr. Ü'])
      expect({ name, isTaken: NewRole.safeParse({ key: keyOfName(name), name: 'n', scopes: ['s'] }).success }).toEqual({
        name,
        isTaken: true,
      });
  });
});

describe('the scopes of a role', () => {
  const all = Object.entries(scopeCatalogue).map(([scope, description]) => ({
    scope,
    description,
    personal: scope.startsWith('profile:'),
  }));

  it('stand together by what they are about, none lost', () => {
    const groups = groupScopes(all);
    expect(groups.flatMap(({ scopes }) => scopes)).toHaveLength(all.length);
    expect(new Set(groups.map(({ about }) => about)).size).toBe(groups.length);
  });

  it('are offered without those of the own account', () => {
    const everyones = { key: 'lab' as const, scopes: ['profile:read', 'profile:write', 'users:read'] };
    const offered = worthGiving({ builtIn: [everyones], scopes: all }).map(({ scope }) => scope);
    expect(offered).not.toContain('profile:read');
    expect(offered).toContain('users:read');
  });
});

describe('filters in the address', () => {
  it('of the trail become instants of the clinic’s day', () => {
    const none = { who: '', whose: '', action: '', result: '', from: '', to: '' };
    const time = { timeZone: 'Asia/Kolkata', locale: 'en-IN' };
    expect(toAuditFilter({ ...none, from: '2026-11-21', to: '2026-11-21', action: 'user.change' }, time)).toEqual({
      from: '2026-11-20T18:30:00.000Z',
      to: '2026-11-21T18:30:00.000Z',
      action: 'user.change',
    });
    expect(auditFilterForms.action.test('meeting.read')).toBe(true);
    for (const wrong of ['meeting', 'Meeting.read', 'a.b.c']) expect(auditFilterForms.action.test(wrong)).toBe(false);
  });

  it('of people take only what makes sense, and turn a column round', () => {
    expect(userFilterForms.role.test('doctor')).toBe(true);
    expect(userFilterForms.role.test('doctor2')).toBe(false);
    expect(userFilterForms.sort.test('-createdAt')).toBe(true);
    expect(sortedBy('displayName', 'displayName')).toBe('-displayName');
    expect(sortedBy('-email', 'displayName')).toBe('displayName');
  });
});

describe('the administration', () => {
  it('shows each part to whoever may see it, and none to a patient', () => {
    expect(sectionsOf({ scopes: ['profile:read', 'meetings:read'] })).toEqual([]);
    expect(sectionsOf({ scopes: ['audit:read', 'users:read'] }).map(({ name }) => name)).toEqual(['users', 'audit']);
  });
});

describe('the name of a device', () => {
  it('is that of the browser, not of those that it is made from', () => {
    const names = {
      'Mozilla/5.0 Gecko/20100101 Firefox/145.0': 'Firefox 145',
      'Mozilla/5.0 AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36': 'Chrome 142',
      'Mozilla/5.0 AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.1': 'Edge 142',
      'Mozilla/5.0 AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15': 'Safari 26',
      'curl/8.5.0': 'curl 8',
    };
    for (const [agent, name] of Object.entries(names)) expect(deviceOf(agent)).toEqual({ name, isPhone: false });
  });

  it('says when it is a phone, and when nothing is known', () => {
    expect(deviceOf('Mozilla/5.0 AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1')).toEqual({
      name: 'Safari 26',
      isPhone: true,
    });
    expect(deviceOf('')).toEqual({ name: null, isPhone: false });
    expect(deviceOf('Mozilla/5.0')).toEqual({ name: null, isPhone: false });
  });
});
